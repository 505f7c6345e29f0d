/** @module The orders queue: messages to domain events and order records. What they mean is in `domain/record.ts`. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { eventBus } from '../../adapters/event-bus.ts';
import type { Message } from '../../domain/messages.ts';
import { recordAll } from '../../domain/record-all.ts';
import { batch } from '../batch.ts';
import { recordEnv } from './env.ts';

const env = readEnv(recordEnv);
const world = {
  store: dynamoStore(new DynamoDBClient(clientSettings()), {
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  bus: eventBus(new EventBridgeClient(clientSettings()), env.BUS_NAME),
};

export const handler = batch<Message>((messages) => recordAll(world, messages));
