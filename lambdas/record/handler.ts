/** @module The orders queue: messages to domain events and order records. What they mean is in `domain/record.ts`. */

import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { eventBus } from '../../adapters/event-bus.ts';
import { dynamoDb, eventBridge } from '../../adapters/lean-clients.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import type { Message } from '../../domain/messages.ts';
import { recordAll } from '../../domain/record-all.ts';
import { batch } from '../batch.ts';
import { recordEnv } from './env.ts';
import { eventReport } from './report.ts';

const env = readEnv(recordEnv);
const report = eventReport(systemClock);
const world = {
  store: dynamoStore(dynamoDb(), {
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  bus: report.counted(eventBus(eventBridge(), env.BUS_NAME)),
};

export const handler = batch<Message>(async (messages) => {
  const failures = await recordAll(world, messages);
  report.write();
  return failures;
});
