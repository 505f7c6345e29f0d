/** @module What the gate knows, in the KeyValueStore. Its entries: `docs/architecture.md`, The KeyValueStore. */

import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import type { PublishedSale } from '../domain/sale.ts';

/** Names and values; values are JSON of at most 1 KB. */
export type EdgeEntries = Readonly<Record<string, object>>;

/** How often an update is repeated that somebody else's came before. */
const TRIES = 5;

/** A sale's entry. */
export const edgeSale = (sale: PublishedSale, slotWidthMs: number): EdgeEntries => ({
  [`sale/${sale.id}`]: {
    o: sale.opensAt,
    c: sale.closesAt,
    d: sale.doorKey,
    w: slotWidthMs,
    s: sale.slotSeed,
    p: false,
  },
});

/** Writes entries, all or none. */
export async function putEdgeEntries(
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  entries: EdgeEntries,
): Promise<void> {
  const puts = Object.entries(entries).map(([Key, value]) => ({
    Key,
    Value: JSON.stringify(value),
  }));
  for (let tried = 1; ; tried++) {
    const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }));
    try {
      await client.send(new UpdateKeysCommand({ KvsARN: arn, IfMatch: ETag, Puts: puts }));
      return;
    } catch (error) {
      if (!(error instanceof ConflictException) || tried === TRIES) throw error;
    }
  }
}
