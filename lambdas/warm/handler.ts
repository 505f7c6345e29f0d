/**
 * @module
 * Scheduler, before an opening and after its crowd: as many environments of the buy function as all sales want now. What
 * they want is in `domain/warmth.ts`.
 */

import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { allSales } from '../../adapters/catalogue.ts';
import { readEnv } from '../../adapters/env.ts';
import { lambdaWarmth } from '../../adapters/lambda-warmth.ts';
import { dynamoDb } from '../../adapters/lean-clients.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { converge, wantedEnvironments } from '../../domain/warmth.ts';
import { scheduled } from '../scheduled.ts';
import { warmEnv } from './env.ts';

const env = readEnv(warmEnv);
const db = dynamoDb();
const warmth = lambdaWarmth(new LambdaClient(clientSettings()), env.BUY_FUNCTION_ARN);

export const handler = scheduled(async () => {
  const sales = await allSales(db, env.CATALOGUE_TABLE);
  return converge(warmth, wantedEnvironments(sales, systemClock(), env.MOST_WARM));
});
