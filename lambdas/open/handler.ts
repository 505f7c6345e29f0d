/** @module Scheduler, two minutes before the opening: publishes it in its very second. What it means is in `domain/open-close.ts`. */

import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb, sqs } from '../../adapters/lean-clients.ts';
import { putStarted } from '../../adapters/site-bucket.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock, wait } from '../../adapters/system-clock.ts';
import { open } from '../../domain/open-close.ts';
import { type SaleInput, scheduled } from '../scheduled.ts';
import { openEnv } from './env.ts';

const env = readEnv(openEnv);
const s3 = new S3Client(clientSettings());
const world = {
  store: dynamoStore(dynamoDb(), { catalogue: env.CATALOGUE_TABLE }),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
  clock: systemClock,
  wait,
  publish: (sale: Parameters<typeof putStarted>[2]) => putStarted(s3, env.SITE_BUCKET, sale),
};

export const handler = scheduled(({ saleId }: SaleInput) => open(world, saleId));
