/** @module Everything that an operator asks of a sale, gathered from where it is. What may not be read is said to be so. */

import { SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../adapters/deployment.ts';
import { liveReader } from '../adapters/live-reader.ts';
import { saleCounts, type WatchedItem, watchedItem } from '../adapters/live-source.ts';
import { type PlannedRun, plannedRuns } from '../adapters/planned-runs.ts';
import { type Depths, queueDepths } from '../adapters/queue-depths.ts';
import { blocksOf, type Hint, hintKey } from '../domain/items.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { type LiveSale, liveSale } from '../domain/live.ts';
import type { EpochMs } from '../domain/units.ts';
import { lastActs } from './log-lines.ts';

/** A sale of 1 million units has 12,500 shards: 125 BatchGetItem, some seconds. */
const LIMITS = { shards: 15_000, claims: 10_000 };

/** Older acts are in `log`. */
const MOST_ACTS = 5;

export type SaleFacts = Omit<LiveSale, 'items'> & {
  readonly items: readonly WatchedItem[];
  /** When every shard of the sale had been swept last; null before the first sweep, and where there are no shards. */
  readonly sweptAt: EpochMs | null;
  readonly queues: Depths;
  /** What the sale's schedules will do next; or why that is not known. */
  readonly schedules: readonly PlannedRun[] | { readonly unknown: string };
  readonly acts: readonly JournalEntry[];
};

/** @returns nothing when there is no such sale */
export async function saleFacts(
  deployed: Deployment,
  saleId: string,
): Promise<SaleFacts | undefined> {
  const { db, tables, clock, outputs, settings, journal } = deployed;
  const store = liveReader(db, tables);
  const live = await liveSale(store, saleId, new Set(), LIMITS, clock());
  if (live === undefined) return undefined;
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const [counts, sweptAt, queues, schedules, acts] = await Promise.all([
    saleCounts(
      deployed,
      saleId,
      live.items.map(({ sku }) => sku),
    ),
    lastSweep(store, live),
    queueDepths(sqs, outputs),
    plannedRuns(deployed, saleId).catch((error: Error) => ({ unknown: error.name })),
    lastActs(journal, saleId, clock(), MOST_ACTS),
  ]);
  const items = live.items.map((item) => watchedItem(item, counts));
  return { ...live, items, sweptAt, queues, schedules, acts };
}

/** The sweep writes a summary for each range of shards: the oldest says since when all of them are known. */
async function lastSweep(
  store: ReturnType<typeof liveReader>,
  { sale, items }: LiveSale,
): Promise<EpochMs | null> {
  const keys = items.flatMap(({ sku, shards }) =>
    blocksOf(shards).map((block) => hintKey({ saleId: sale.id, sku }, block)),
  );
  const hints = (await store.read(keys)) as unknown as readonly (Hint | undefined)[];
  const times = hints.map((hint) => hint?.sweptAt ?? 0);
  return times.length === 0 || times.includes(0) ? null : Math.min(...times);
}
