/** @module The files of a deployment's sales, by the moment at which they are put. */

import type { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../domain/ports.ts';
import type { PublishedSale } from '../domain/sale.ts';
import {
  putEnded,
  putFlagAt,
  putList,
  putSale,
  putSlots,
  type SignIn,
  saleData,
} from './site-bucket.ts';

export type SitePlace = {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
  readonly signIn: SignIn | undefined;
  /** Every sale that there is. */
  readonly sales: () => Promise<readonly PublishedSale[]>;
};

export const sitePort = ({ s3, bucket, clock, signIn, sales }: SitePlace) => ({
  async putSale(sale: PublishedSale) {
    await putSale(s3, bucket, sale, signIn);
    await putFlagAt(s3, bucket, sale, clock());
    await putList(s3, bucket, await sales());
  },
  putSlots: (sale: PublishedSale) => putSlots(s3, bucket, sale, clock()),
  /** What the page loads of a sale. */
  dataOf: (sale: PublishedSale) => saleData(sale, signIn),
  /** What goes with a closing: the flag, and what the slots were drawn from. */
  async end(sale: PublishedSale) {
    await putEnded(s3, bucket, sale);
    await putSlots(s3, bucket, sale, clock());
  },
});
