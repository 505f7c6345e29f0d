/** @module Files of products in a bucket, and what became of each, beside it. */

import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ImportReport, ProductRow } from '../domain/import-products.ts';
import { MOST_BYTES, readProducts, tooLarge } from './product-file.ts';

/** What is dropped below it is imported. */
export const INCOMING = 'incoming/';

/** Where the report of an object stands: never where another import begins. */
export const reportKeyOf = (key: string): string =>
  `reports/${key.startsWith(INCOMING) ? key.slice(INCOMING.length) : key}.json`;

/** Reads an object's rows; what is too large is not loaded. @throws when it is not there */
export async function readDropped(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<readonly ProductRow[]> {
  const { Body, ContentLength = 0 } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key }),
  );
  if (ContentLength <= MOST_BYTES) {
    return readProducts((await Body?.transformToByteArray()) ?? new Uint8Array(), key);
  }
  (Body as { destroy?: () => void } | undefined)?.destroy?.();
  return [tooLarge(ContentLength)];
}

/** Puts what became of an object's rows; of the same object again, in its place. */
export async function putReport(
  s3: S3Client,
  bucket: string,
  key: string,
  report: ImportReport & { readonly at: number },
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      ...{ Bucket: bucket, Key: reportKeyOf(key), ContentType: 'application/json' },
      Body: `${JSON.stringify({ object: key, ...report }, null, 2)}\n`,
    }),
  );
}
