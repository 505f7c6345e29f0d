/** @module What is watched of a sale: its figures every second, its order records as often as they cost little. */

import { SQSClient } from '@aws-sdk/client-sqs';
import type { LiveItem, LiveLimits, LiveSale } from '../domain/live.ts';
import { liveSale } from '../domain/live.ts';
import type { Holder } from '../domain/order-id.ts';
import type { Deployment } from './deployment.ts';
import { latePayments } from './late-payments.ts';
import { liveReader } from './live-reader.ts';
import { type Depths, queueDepths } from './queue-depths.ts';
import { type RecordCounts, recordCounts } from './record-counts.ts';

/** An item with what its order records say, once they have been read. */
export type WatchedItem = LiveItem & {
  /** Orders that were released, by reason; null before the records were read. */
  readonly released: RecordCounts['released'] | null;
  /** Payments that came too late and found no unit; null likewise. */
  readonly late: number | null;
};

export type Sample = Omit<LiveSale, 'items'> & {
  readonly items: readonly WatchedItem[];
  readonly queues: Depths;
};

/** Records are read again after so many times as long as it took, and at the earliest after so long. */
const REST = 20;
const REST_MS = 5000;

type Reached = Pick<Deployment, 'db' | 'tables' | 'clock' | 'outputs' | 'settings'>;

/**
 * Watches a sale.
 *
 * @returns what reads a sample; nothing when there is no such sale
 */
export function liveSource(
  deployed: Reached,
  saleId: string,
  limits: LiveLimits,
): () => Promise<Sample | undefined> {
  const store = liveReader(deployed.db, deployed.tables);
  const sqs = new SQSClient({ ...deployed.settings, useQueueUrlAsEndpoint: false });
  const records = restingCounts(deployed, saleId);
  const known = new Set<Holder>();
  return async () => {
    const [live, queues] = await Promise.all([
      liveSale(store, saleId, known, limits, deployed.clock()),
      queueDepths(sqs, deployed.outputs),
    ]);
    if (live === undefined) return undefined;
    const counts = records(live.items.map(({ sku }) => sku));
    return { ...live, queues, items: live.items.map((item) => watchedItem(item, counts)) };
  };
}

/** What is counted of an item besides its figures. Stock without end has no shards: its records alone know what was sold. */
export function watchedItem(item: LiveItem, counts: SaleCounts | undefined): WatchedItem {
  const ofItem = counts?.records[item.sku];
  if (counts === undefined || ofItem === undefined) return { ...item, released: null, late: null };
  const late = counts.late[item.sku] ?? 0;
  const { reserved, paid, released } = ofItem;
  return item.units === null
    ? { ...item, held: reserved, paid, released, late }
    : { ...item, released, late };
}

/** By SKU. */
export type SaleCounts = {
  readonly records: Readonly<Record<string, RecordCounts>>;
  readonly late: Readonly<Record<string, number>>;
};

/** Counts a sale's order records and late payments. */
export async function saleCounts(
  { db, tables }: Pick<Deployment, 'db' | 'tables'>,
  saleId: string,
  skus: readonly string[],
): Promise<SaleCounts> {
  const counts = skus.map(
    async (sku): Promise<[string, RecordCounts]> => [
      sku,
      await recordCounts(db, tables.orders, { saleId, sku }),
    ],
  );
  const late = latePayments(db, tables.orders, saleId);
  const [records] = await Promise.all([Promise.all(counts), late]);
  return { records: Object.fromEntries(records), late: await late };
}

/**
 * Counts at intervals that grow with what a counting costs. Nobody waits for it: a large sale's takes longer than a
 * second.
 *
 * @returns what answers with the last counts there are
 */
function restingCounts(deployed: Reached, saleId: string) {
  const { clock } = deployed;
  let last: SaleCounts | undefined;
  let until = 0;
  const read = async (skus: readonly string[]) => {
    const from = clock();
    until = Number.POSITIVE_INFINITY;
    try {
      last = await saleCounts(deployed, saleId, skus);
    } finally {
      until = clock() + Math.max(REST_MS, REST * (clock() - from));
    }
  };
  return (skus: readonly string[]): SaleCounts | undefined => {
    // What cannot be read now is read at the next time; until then the last counts stand.
    if (clock() >= until) void read(skus).catch(() => {});
    return last;
  };
}
