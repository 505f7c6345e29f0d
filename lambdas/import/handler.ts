/**
 * @module
 * EventBridge, when an object is dropped into the imports bucket: its products enter the catalogue, and beside it stands
 * what became of each row. What it means is in `domain/import-products.ts`. After a crash it is called again, finds what
 * was done unchanged, and puts the report.
 */

import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { putReport, readDropped } from '../../adapters/import-bucket.ts';
import { dynamoDb } from '../../adapters/lean-clients.ts';
import { emit } from '../../adapters/metrics.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { importProducts } from '../../domain/import-products.ts';
import { recorded } from '../../domain/journal.ts';
import { droppedIn, type ObjectCreated } from './dropped.ts';
import { importEnv } from './env.ts';

const env = readEnv(importEnv);
const bucket = env.IMPORTS_BUCKET;
const s3 = new S3Client(clientSettings());
const world = {
  store: dynamoStore(dynamoDb(), {
    catalogue: env.CATALOGUE_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  clock: systemClock,
  secret: () => randomBytes(16).toString('base64url'),
};

export const handler = async (event: ObjectCreated) => {
  const { key, requester } = droppedIn(event, bucket);
  const rows = await readDropped(s3, bucket, key);
  const operator = { name: requester, from: `object ${key}` };
  const act = { what: 'import', detail: { rows: rows.length } };
  const report = await recorded(world, operator, act, () => importProducts(world.store, rows));
  await putReport(s3, bucket, key, { ...report, at: systemClock() });
  const { added, changed, unchanged, refused } = report;
  const counts = { ProductsAdded: added, ProductsChanged: changed, ProductRowsRefused: refused };
  emit({}, { ...counts, ProductsUnchanged: unchanged }, systemClock());
  return { key, added, changed, unchanged, refused };
};
