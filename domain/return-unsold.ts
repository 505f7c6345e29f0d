/**
 * @module
 * What a sale took of products and did not sell goes back to them, once, when the sale is over: its last sweep is done,
 * and no unit is held. Each product gets its units by one write, so that a repetition after a crash does the rest.
 */

import { dropPlan, giveBackUnsold } from './allocation.ts';
import { unitsIn } from './audit-books.ts';
import { findSale } from './catalogue.ts';
import { closeAsRead } from './closing-steps.ts';
import { type ItemKey, type Shard, shardKey } from './items.ts';
import type { Catalogue, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { readStatus } from './status.ts';
import { lateUntil, QUIET_SWEEPS } from './sweep-sale.ts';
import type { EpochMs } from './units.ts';

/** What became of a product's units in the sale. */
export type ReturnedItem = {
  readonly sku: string;
  readonly sold: number;
  /** Units that went back now; 0 where they had gone back before. */
  readonly returned: number;
};

export type ReturnOutcome =
  | { readonly kind: 'returned'; readonly items: readonly ReturnedItem[] }
  | { readonly kind: 'unknown-sale' }
  /** Until then a late payment may still buy. */
  | { readonly kind: 'too-early'; readonly until: EpochMs }
  /** Sweeps have still to find that nothing is open; or a unit is held. */
  | { readonly kind: 'open' };

/** Shards read at once. */
const BATCH = 1000;

/** Gives back what a sale did not sell. Items that are made of no product are none of its concern. Safe to repeat. */
export async function returnUnsold(
  store: Store,
  saleId: string,
  now: EpochMs,
): Promise<ReturnOutcome> {
  const sale = await findSale(store, saleId);
  if (sale === undefined) return { kind: 'unknown-sale' };
  if (now <= lateUntil(sale)) return { kind: 'too-early', until: lateUntil(sale) };
  const sold = (await isSwept(store, sale)) ? await soldBySku(store, sale) : undefined;
  if (sold === undefined) return { kind: 'open' };
  // Its closing may never have come by itself: from here on nobody moves it, or it was moved a moment ago.
  const isOver = (await store.write(closeAsRead(sale))).kind === 'done';
  if (!isOver) return { kind: 'open' };
  const items: ReturnedItem[] = [];
  for (const [sku, units] of sold) {
    const given = await giveBackUnsold(store, saleId, sku, units);
    if (given) items.push({ sku, ...given });
  }
  return { kind: 'returned', items };
}

/** Units sold of each item whose units are a product's; nothing while one is held. Units without end were never taken. */
async function soldBySku(
  store: Store,
  { id: saleId, items }: PublishedSale,
): Promise<ReadonlyMap<string, number> | undefined> {
  const sold = new Map<string, number>();
  for (const { sku, units, fromProduct } of items) {
    if (!fromProduct || units === 'unlimited') continue;
    const found = await soldOf(store, { saleId, sku });
    if (found === 'open') return undefined;
    sold.set(sku, found);
  }
  return sold;
}

/**
 * Gives back what is set aside for a sale that is not published: whoever tried to publish it was cut short, and has gone
 * on to something else. Should it be published at this very moment, it takes them again.
 */
export async function returnPlanned(
  world: { readonly store: Store; readonly catalogue: Pick<Catalogue, 'products'> },
  saleId: string,
): Promise<readonly ReturnedItem[]> {
  const items: ReturnedItem[] = [];
  for (const { sku, planned } of await world.catalogue.products()) {
    if (planned[saleId] === undefined) continue;
    items.push({ sku, sold: 0, returned: await dropPlan(world.store, saleId, sku) });
  }
  return items;
}

/** The sweeps have found nothing open, and have ended. */
async function isSwept(store: Store, { id: saleId, items }: PublishedSale): Promise<boolean> {
  const status = await readStatus(store, { saleId, sku: items[0]?.sku ?? '' });
  const { quiet = 0 } = status ?? {};
  return quiet >= QUIET_SWEEPS;
}

/** Units sold by the shards themselves, or that some are held. */
async function soldOf(store: Store, item: ItemKey): Promise<number | 'open'> {
  const { shards: all } = (await readStatus(store, item)) ?? { shards: 0 };
  let sold = 0;
  for (let from = 0; from < all; from += BATCH) {
    const count = Math.min(BATCH, all - from);
    const keys = Array.from({ length: count }, (_, index) => shardKey(item, from + index));
    const shards = (await store.read(keys)) as unknown as readonly (Shard | undefined)[];
    // A shard that is missing says nothing, least of all that it sold nothing.
    for (const shard of shards) {
      if (shard === undefined || shard.held !== undefined) return 'open';
      sold += unitsIn(shard.sold);
    }
  }
  return sold;
}
