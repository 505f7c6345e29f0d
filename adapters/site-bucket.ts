/** @module The files that shoppers load, in the site bucket. Their forms: `docs/architecture.md`. */

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PublishedSale } from '../domain/sale.ts';

/** Closed versions live about a second, so that no edge pins one under the open version's address. */
const BRIEFLY = 'public, max-age=1';

/** The open version never changes again before the closing. */
const A_WHILE = 'public, max-age=60';

/** Puts the flag that says a sale has started, with the way in. */
export const putStarted = (s3: S3Client, bucket: string, { id, doorKey }: PublishedSale) =>
  putFlag(s3, bucket, id, { saleStarted: true, doorKey, version: 1 }, A_WHILE);

/** Puts the flag of a sale that has not started yet. */
export const putWaiting = (s3: S3Client, bucket: string, { id }: PublishedSale) =>
  putFlag(s3, bucket, id, { saleStarted: false }, BRIEFLY);

/** Puts the flag of a sale that is over. */
export const putEnded = (s3: S3Client, bucket: string, { id }: PublishedSale) =>
  putFlag(s3, bucket, id, { saleStarted: false, saleEnded: true }, BRIEFLY);

const putFlag = (s3: S3Client, bucket: string, id: string, flag: object, cacheControl: string) =>
  put(
    s3,
    bucket,
    `sales/${id}/sale.js`,
    `window.flashSale=${JSON.stringify(flag)};\n`,
    'text/javascript; charset=utf-8',
    cacheControl,
  );

/** Puts a sale's catalogue data: what the page shows before anything is read from a table. */
export const putSale = (s3: S3Client, bucket: string, sale: PublishedSale) =>
  putJson(s3, bucket, `sales/${sale.id}/sale.json`, openData(sale));

/** Puts the list of sales. */
export const putList = (s3: S3Client, bucket: string, sales: readonly PublishedSale[]) =>
  putJson(s3, bucket, 'sales/index.json', { sales: sales.map(openData) });

/** What anybody may know of a sale before it opens: no door key, salt or seed. */
function openData(sale: PublishedSale) {
  const { doorKey: _door, salt: _salt, slotSeed: _seed, publishedAt: _at, ...open } = sale;
  const { opensAt, closesAt, paymentWindow, items, ...rest } = open;
  return {
    ...rest,
    opensAtEpochMs: opensAt,
    closesAtEpochMs: closesAt,
    paymentWindowSeconds: paymentWindow,
    items: items.map(({ price, limit, ...item }) => ({
      ...item,
      priceMinor: price,
      limitPerShopper: limit,
    })),
  };
}

/** Puts a JSON file that may change at any time. */
const putJson = (s3: S3Client, bucket: string, name: string, data: unknown) =>
  put(s3, bucket, name, JSON.stringify(data), 'application/json', BRIEFLY);

async function put(
  s3: S3Client,
  bucket: string,
  name: string,
  body: string,
  contentType: string,
  cacheControl: string,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: name,
      Body: body,
      ContentType: contentType,
      CacheControl: cacheControl,
    }),
  );
}
