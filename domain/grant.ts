/**
 * @module
 * Units come into being: by publishing, which is grant 0, and by restocks. A grant says first what it is, then its shards
 * are put where they are absent, then the status counts it: so a repeated grant adds nothing.
 */

import { type Shortage, takeUnits } from './allocation.ts';
import {
  grantKey,
  type ItemKey,
  SHARDS_PER_HINT,
  type Status,
  shardKey,
  statusKey,
} from './items.ts';
import type { SaleMessage } from './messages.ts';
import { inParallel } from './parallel.ts';
import type { OrderQueue, Store } from './ports.ts';
import { readStatus } from './status.ts';
import type { EpochMs } from './units.ts';
import { absent, add, all, equals, set, unset } from './write.ts';

/** A shard of 40 holders stays under 1 KB, so that a write costs one unit of capacity. */
export const UNITS_PER_SHARD = 40;

/**
 * Above that a shard holds twice as many, at two write units: buyers read 98 hints of 200 shards each, and where there are
 * more shards than those, looks at the others are in vain. A million units cost 38 times the writes that way, by the model.
 * @see docs/decisions/0018-larger-shards-from-what-hints-reach.md
 */
const MANY_UNITS = 98 * SHARDS_PER_HINT * UNITS_PER_SHARD;

/** Buys a second that one shard takes: a quarter of what a partition takes, for a buy may write to it twice. */
const BUYS_PER_SHARD = 250;

/** Shards written at once. */
const AT_ONCE = 32;

/** How units are cut into shards. */
type Cut = { readonly from: number; readonly shards: number; readonly units: number };

export type GrantOutcome =
  | { readonly kind: 'granted'; readonly shards: number }
  /** The number was used for another grant. */
  | { readonly kind: 'taken'; readonly units: number }
  /** Grants are numbered without gaps. */
  | { readonly kind: 'out-of-turn'; readonly next: number }
  /** The item is not there, or there is no end of its units. */
  | { readonly kind: 'unknown-item' }
  | Shortage;

/** How many shards some units need at a rate of buys. */
export const shardsFor = (units: number, buysPerSecond: number): number => {
  const most = units > MANY_UNITS ? 2 * UNITS_PER_SHARD : UNITS_PER_SHARD;
  return Math.min(
    units,
    Math.max(Math.ceil(units / most), Math.ceil(buysPerSecond / BUYS_PER_SHARD)),
  );
};

/**
 * Makes the shards and the status of a new item. Repeatable.
 *
 * @param from whether the units are a product's, from which restocks take more
 */
export async function stockItem(
  store: Store,
  item: ItemKey,
  units: number | 'unlimited',
  buysPerSecond: number,
  from: 'product' | 'nowhere' = 'nowhere',
): Promise<void> {
  const cap = units === 'unlimited' ? 0 : units;
  const shards = shardsFor(cap, buysPerSecond);
  await putShards(store, item, { from: 0, shards, units: cap });
  const status: Status = { phase: 'OPEN', soldOut: false, shards, releases: 0, grants: 0, cap };
  const put = from === 'product' ? { ...status, fromProduct: true as const } : status;
  await store.write({ item: statusKey(item), when: absent, put });
}

/**
 * Adds units to an item that is for sale. The same number with the same units adds nothing twice.
 *
 * @param units 1 or more
 * @param number 1 for the first restock, and so on without gaps
 */
export async function restock(
  world: { readonly store: Store; readonly queue: OrderQueue },
  item: ItemKey,
  number: number,
  units: number,
  now: EpochMs,
): Promise<GrantOutcome> {
  if (!Number.isInteger(units) || units < 1) {
    throw new RangeError(`Cannot restock ${units} units: it must be a whole number of 1 or more`);
  }
  const status = await readStatus(world.store, item);
  if (status === undefined || status.shards === 0) return { kind: 'unknown-item' };
  if (number > status.grants + 1 || number < 1)
    return { kind: 'out-of-turn', next: status.grants + 1 };
  if (status.fromProduct) {
    // First of all: units that the product has not given are in no shard. From there on the grant is what it is.
    const taken = await takeUnits(world.store, { ...item, units }, number);
    if (taken.kind !== 'allocated') return taken;
  }
  const cut = await define(
    world.store,
    item,
    number,
    { units, from: status.shards, shards: shardsFor(units, 0) },
    now,
  );
  if (cut.units !== units) return { kind: 'taken', units: cut.units };
  await putShards(world.store, item, cut);
  await count(world.store, item, number, cut);
  await world.queue.send(restockedMessage(item, number, units, now));
  return { kind: 'granted', shards: cut.shards };
}

/** Says what a grant is; the first to say so decides. */
async function define(
  store: Store,
  item: ItemKey,
  number: number,
  cut: Cut,
  now: EpochMs,
): Promise<Cut> {
  const written = await store.write({
    item: grantKey(item, number),
    when: absent,
    put: { ...cut, at: now },
  });
  return written.kind === 'done' ? cut : (written.item as unknown as Cut);
}

async function putShards(store: Store, item: ItemKey, { from, shards, units }: Cut): Promise<void> {
  const numbers = Array.from({ length: shards }, (_, index) => index);
  await inParallel(AT_ONCE, numbers, async (index) => {
    const cap = Math.floor(units / shards) + (index < units % shards ? 1 : 0);
    await store.write({
      item: shardKey(item, from + index),
      when: absent,
      put: { cap, avail: cap },
    });
  });
}

/** Lets buyers see the new shards, once. */
const count = (store: Store, item: ItemKey, number: number, { from, shards, units }: Cut) =>
  store.write({
    item: statusKey(item),
    when: all(equals('grants', number - 1), equals('shards', from)),
    change: [
      set('grants', number),
      set('shards', from + shards),
      set('soldOut', false),
      add('cap', units),
      add('releases', 1),
      unset('largest'),
      unset('scannedAt'),
    ],
  });

const restockedMessage = (
  item: ItemKey,
  number: number,
  units: number,
  now: EpochMs,
): SaleMessage => ({
  v: 1,
  kind: 'sale',
  what: 'restocked',
  ...item,
  occurrence: String(number),
  at: now,
  units,
});
