/** @module Scheduler, at the closing: no new orders from then on. What it means is in `domain/open-close.ts`. */

import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb, sqs } from '../../adapters/lean-clients.ts';
import { putEnded, putSlots } from '../../adapters/site-bucket.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock, wait } from '../../adapters/system-clock.ts';
import { close } from '../../domain/open-close.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { type SaleInput, scheduled } from '../scheduled.ts';
import { closeEnv } from './env.ts';

const env = readEnv(closeEnv);
const s3 = new S3Client(clientSettings());
const world = {
  store: dynamoStore(dynamoDb(), {
    catalogue: env.CATALOGUE_TABLE,
    stock: env.STOCK_TABLE,
  }),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
  clock: systemClock,
  wait,
  async publish(sale: PublishedSale) {
    await putEnded(s3, env.SITE_BUCKET, sale);
    await putSlots(s3, env.SITE_BUCKET, sale, systemClock());
  },
};

export const handler = scheduled(({ saleId }: SaleInput) => close(world, saleId));
