/** @module Scheduler, every minute, and the sweeps queue: heals, expires, counts. It is in `domain/sweep-sale.ts`. */

import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb, sqs } from '../../adapters/lean-clients.ts';
import { dynamoRecords } from '../../adapters/order-records.ts';
import { endSweeps } from '../../adapters/sale-schedules.ts';
import { sqsOrders, sqsSweeps } from '../../adapters/sqs-queues.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { findSale } from '../../domain/catalogue.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import { isRange, sweepRange } from '../../domain/sweep-range.ts';
import { sweepSale } from '../../domain/sweep-sale.ts';
import { batch } from '../batch.ts';
import { type SaleInput, scheduled } from '../scheduled.ts';
import { sweepEnv } from './env.ts';
import { reportItem, reportSwept } from './report.ts';

const env = readEnv(sweepEnv);
const db = dynamoDb();
const queues = sqs();
const scheduler = new SchedulerClient(clientSettings());
const world = {
  store: dynamoStore(db, {
    catalogue: env.CATALOGUE_TABLE,
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  queue: sqsOrders(queues, env.ORDERS_QUEUE_URL),
  sweeps: sqsSweeps(queues, env.SWEEPS_QUEUE_URL),
  records: dynamoRecords(db, env.ORDERS_TABLE),
};

const sweepAll = scheduled(async ({ saleId }) => {
  const now = systemClock();
  const sale = await findSale(world.store, saleId);
  if (sale === undefined) throw new Error(`Cannot sweep: there is no sale "${saleId}"`);
  const { items, isOver } = await sweepSale(world, sale, now);
  for (const item of items) reportItem(saleId, item, now);
  if (isOver) await endSweeps(scheduler, env.SCHEDULE_GROUP, saleId);
  return { items, isOver };
});

const sweepRanges = batch<SweepMessage>((messages) => Promise.all(messages.map(sweepOne)));

async function sweepOne(message: SweepMessage): Promise<Error | undefined> {
  if (!isRange(message)) return new TypeError('Cannot sweep: the message is no range of shards');
  const now = systemClock();
  try {
    const swept = await sweepRange(world, message, now);
    if (swept) reportSwept(message.saleId, message.sku, swept, now);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

export const handler = (event: SaleInput | SQSEvent): Promise<SQSBatchResponse | object> =>
  'Records' in event ? sweepRanges(event) : sweepAll(event);
