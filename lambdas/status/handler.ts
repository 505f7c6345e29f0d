/** @module GET /api/sales/{sale}: cached a second at the edge, so that a million pollers cost one read a second. */

import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb } from '../../adapters/lean-clients.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { overview } from '../../domain/overview.ts';
import { http } from '../http.ts';
import { problem } from '../problem.ts';
import { statusEnv } from './env.ts';

const env = readEnv(statusEnv);
const store = dynamoStore(dynamoDb(), {
  catalogue: env.CATALOGUE_TABLE,
  stock: env.STOCK_TABLE,
});

export const handler = http(async ({ pathParameters }) => {
  const saleId = pathParameters?.['sale'] ?? '';
  const body = await overview(store, saleId, systemClock());
  if (body === undefined) return problem('unknown-sale', 'There is no such sale');
  return { statusCode: 200, body, headers: { 'cache-control': 'public, max-age=0, s-maxage=1' } };
});
