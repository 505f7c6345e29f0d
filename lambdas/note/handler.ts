/** @module The bus, for each event of a sale or of money: keeps it for the operators' page. */

import type { EventBridgeEvent } from 'aws-lambda';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb } from '../../adapters/lean-clients.ts';
import { type BusEvent, keepEvent } from '../../domain/last-events.ts';
import { noteEnv } from './env.ts';

const env = readEnv(noteEnv);
const store = dynamoStore(dynamoDb(), { orders: env.ORDERS_TABLE });

export const handler = async (
  event: EventBridgeEvent<string, BusEvent['detail']>,
): Promise<void> => {
  await store.write(keepEvent({ type: event['detail-type'], detail: event.detail }));
};
