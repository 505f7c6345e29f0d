/** @module What anybody may know of a sale right now. */

import { findSale } from './catalogue.ts';
import {
  blocksOf,
  type Hint,
  hintKey,
  type ItemKey,
  type Shard,
  type Status,
  shardKey,
  statusKey,
} from './items.ts';
import { quantityOf } from './order-id.ts';
import type { Store } from './ports.ts';
import type { Item, PublishedSale } from './sale.ts';
import type { EpochMs } from './units.ts';

/** Up to so many shards are read as they are; beyond, the summaries of the last sweep have to do. */
const SHARDS_TO_READ = 100;

export type Phase = 'scheduled' | 'open' | 'paused' | 'closed';

/** One item, as shoppers see it. */
type ItemOverview = {
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly limitPerShopper: number;
  /** Units for sale; null where there is no end of them. */
  readonly remaining: number | null;
  /** Units that somebody has ordered, and that may come back. */
  readonly unpaid: number;
  readonly soldOut: boolean;
  /** Rises whenever units come back: only then may a page let `remaining` rise. */
  readonly releases: number;
};

export type Overview = {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase;
  readonly opensAtEpochMs: EpochMs;
  readonly closesAtEpochMs: EpochMs;
  readonly nowEpochMs: EpochMs;
  readonly currency: string;
  readonly items: readonly ItemOverview[];
};

/** Looks at a sale, or says that there is none. */
export async function overview(
  store: Store,
  saleId: string,
  now: EpochMs,
): Promise<Overview | undefined> {
  const sale = await findSale(store, saleId);
  if (sale === undefined) return undefined;
  const keys = sale.items.map(({ sku }) => statusKey({ saleId, sku }));
  const statuses = (await store.read(keys)) as unknown as readonly (Status | undefined)[];
  const items = await Promise.all(
    sale.items.map((item, index) => itemOverview(store, sale, item, statuses[index])),
  );
  return {
    id: sale.id,
    title: sale.title,
    phase: phaseOf(sale, statuses, now),
    opensAtEpochMs: sale.opensAt,
    closesAtEpochMs: sale.closesAt,
    nowEpochMs: now,
    currency: sale.currency,
    items,
  };
}

/** What a sale is doing, by the clock and by what operators have done. */
export function phaseOf(
  sale: PublishedSale,
  statuses: readonly (Status | undefined)[],
  now: EpochMs,
): Phase {
  const isClosed = now >= sale.closesAt || statuses.every((status) => status?.phase === 'CLOSED');
  // First of all: a sale can be closed before it has opened.
  if (isClosed) return 'closed';
  if (now < sale.opensAt) return 'scheduled';
  return statuses.some((status) => status?.phase === 'PAUSED') ? 'paused' : 'open';
}

async function itemOverview(
  store: Store,
  { id: saleId }: PublishedSale,
  { sku, name, price, limit, units }: Item,
  status: Status | undefined,
): Promise<ItemOverview> {
  const stock =
    status === undefined || status.shards === 0
      ? { remaining: 0, unpaid: 0 }
      : await counted(store, { saleId, sku }, status);
  return {
    sku,
    name,
    priceMinor: price,
    limitPerShopper: limit,
    remaining: units === 'unlimited' ? null : stock.remaining,
    unpaid: stock.unpaid,
    soldOut: status?.soldOut ?? false,
    releases: status?.releases ?? 0,
  };
}

async function counted(store: Store, item: ItemKey, status: Status) {
  const { shards } = status;
  if (shards > SHARDS_TO_READ) return summed(store, item, status);
  const keys = Array.from({ length: shards }, (_, k) => shardKey(item, k));
  const found = (await store.read(keys)) as unknown as readonly (Shard | undefined)[];
  return {
    remaining: sum(found, (shard) => shard.avail),
    unpaid: sum(found, ({ held = new Set<string>() }) => sum([...held], quantityOf)),
  };
}

/** What no sweep has seen yet, at the opening or after a restock, counts as free: a page never lets a number rise again. */
async function summed(store: Store, item: ItemKey, { shards, cap: all }: Status) {
  const keys = blocksOf(shards).map((block) => hintKey(item, block));
  const found = (await store.read(keys)) as unknown as readonly (Hint | undefined)[];
  return {
    remaining: all - sum(found, ({ cap = 0, avail = 0 }) => cap - avail),
    unpaid: sum(found, ({ held = 0 }) => held),
  };
}

const sum = <T>(all: readonly (T | undefined)[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + (one === undefined ? 0 : of(one)), 0);
