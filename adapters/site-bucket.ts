/** @module The files that shoppers load, in the site bucket. Their forms: `docs/architecture.md`. */

import {
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { plainSale } from '../domain/publish.ts';
import type { Access, PublishedSale } from '../domain/sale.ts';
import { slotWidthMs } from '../domain/slots.ts';
import type { EpochMs } from '../domain/units.ts';
import { publicSlots } from './slots.ts';

/** Closed versions live about a second, so that no edge pins one under the open version's address. */
const BRIEFLY = 'public, max-age=1';

/** The open version never changes again before the closing. */
const A_WHILE = 'public, max-age=60';

/** Puts the flag that says a sale has started, with the way in. */
export const putStarted = (s3: S3Client, bucket: string, { id, doorKey }: PublishedSale) =>
  putFlag(s3, bucket, id, { saleStarted: true, doorKey, version: 1 }, A_WHILE);

/** Puts the flag of a sale that has not started yet, unless there is a flag: no opening may be undone by it. */
export async function putWaiting(s3: S3Client, bucket: string, { id }: PublishedSale) {
  try {
    await putFlag(s3, bucket, id, { saleStarted: false }, BRIEFLY, { IfNoneMatch: '*' });
  } catch (error) {
    const { httpStatusCode = 0 } = (error as Partial<S3ServiceException>).$metadata ?? {};
    if (!TAKEN.has(httpStatusCode)) throw error;
  }
}

/** The flag is there; or somebody else puts one at this moment. */
const TAKEN = new Set([412, 409]);

/** Puts the flag of a sale that is over. */
export const putEnded = (s3: S3Client, bucket: string, { id }: PublishedSale) =>
  putFlag(s3, bucket, id, { saleStarted: false, saleEnded: true }, BRIEFLY);

/** Puts the flag that is right now, for a sale that is published, perhaps not for the first time. */
export function putFlagAt(s3: S3Client, bucket: string, sale: PublishedSale, now: EpochMs) {
  // First of all the closing: a sale can be closed before it has opened.
  if (now >= sale.closesAt) return putEnded(s3, bucket, sale);
  return (now < sale.opensAt ? putWaiting : putStarted)(s3, bucket, sale);
}

const putFlag = (
  s3: S3Client,
  bucket: string,
  id: string,
  flag: object,
  cacheControl: string,
  condition?: Condition,
) =>
  put(
    s3,
    bucket,
    `sales/${id}/sale.js`,
    `window.flashSale=${JSON.stringify(flag)};\n`,
    'text/javascript; charset=utf-8',
    cacheControl,
    condition,
  );

type Condition = Pick<PutObjectCommandInput, 'IfNoneMatch'>;

/** Where shoppers sign in: an OpenID Connect issuer, and what the site is called there. */
export type SignIn = { readonly issuer: string; readonly clientId: string };

/** Puts a sale's catalogue data: what the page shows before anything is read from a table. */
export const putSale = (s3: S3Client, bucket: string, sale: PublishedSale, signIn?: SignIn) =>
  putJson(s3, bucket, `sales/${sale.id}/sale.json`, saleData(sale, signIn));

/** A sale's catalogue data. */
export const saleData = (sale: PublishedSale, signIn?: SignIn): object => ({
  ...openData(sale),
  signIn,
});

/** Puts what anybody may know of a sale's slots; from the closing on, all of it. */
export const putSlots = (s3: S3Client, bucket: string, sale: PublishedSale, now: EpochMs) =>
  putJson(s3, bucket, `sales/${sale.id}/slots.json`, publicSlots(sale, now));

/** Puts the list of sales. */
export const putList = (s3: S3Client, bucket: string, sales: readonly PublishedSale[]) =>
  putJson(s3, bucket, 'sales/index.json', { sales: sales.map(openData) });

/** What anybody may know of a sale before it opens: no door key, salt or seed, and of a code only that there is one. */
function openData(sale: PublishedSale) {
  // The closing as it is now: that of the file may have been moved.
  const now = { ...plainSale(sale), closesAt: sale.closesAt };
  const { opensAt, closesAt, paymentWindow, items, access, admission, ...rest } = now;
  const { difficulty, ticketSeconds: _tickets, ...crowd } = admission;
  return {
    ...rest,
    admission: crowd,
    ...(access && { access: openAccess(access) }),
    ...(difficulty > 0 && { challenge: true }),
    slotWidthMs: slotWidthMs(admission),
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

/** What a shopper has to bring. */
const openAccess = ({ codeSha256, captcha, ...others }: Access) => ({
  ...(codeSha256 !== undefined && { code: true }),
  ...(captcha && { captcha }),
  ...others,
});

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
  condition: Condition = {},
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: name,
      Body: body,
      ContentType: contentType,
      CacheControl: cacheControl,
      ...condition,
    }),
  );
}
