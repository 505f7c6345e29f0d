/**
 * @module
 * The figures of a sale that is running, from its shards: cheap enough to be read every second. They only inform, so
 * that they may be read eventually consistent.
 */

import { unitsIn } from './audit-books.ts';
import { findSale } from './catalogue.ts';
import {
  blocksOf,
  type Claim,
  type Hint,
  hintKey,
  type ItemKey,
  type Shard,
  type Status,
  shardKey,
  statusKey,
} from './items.ts';
import { type Holder, partsOf } from './order-id.ts';
import { type Phase, phaseOf } from './overview.ts';
import type { Store } from './ports.ts';
import type { Item, PublishedSale } from './sale.ts';
import { claimKeyOf } from './steps.ts';
import type { EpochMs } from './units.ts';

/** How many items a look may read, for each item of the sale. */
export type LiveLimits = {
  /** Beyond so many shards the summaries of the last sweep have to do. */
  readonly shards: number;
  /** Of so many holders it is found out whether they have paid; the rest is seen at the next sweep. */
  readonly claims: number;
};

/** Units, unless it says otherwise; null where it is not known, or there is no end of them. */
export type LiveItem = {
  readonly sku: string;
  readonly name: string;
  /** In all shards together, restocks among them. */
  readonly units: number | null;
  /** How many parts its stock is split into; 0 where there is no end of it. */
  readonly shards: number;
  readonly forSale: number | null;
  /** Ordered, and not known to be paid. */
  readonly held: number | null;
  readonly paid: number | null;
  /** How often units came back: each order that was released, and each hold that died. */
  readonly returns: number;
  readonly soldOut: boolean;
  /** More holders than could be looked at: some that count as held have paid. */
  readonly isPaidBehind: boolean;
  /** When the figures were true, where they are not those of now: a sweep's, 0 before the first one. */
  readonly asOf?: EpochMs;
};

export type LiveSale = {
  readonly sale: PublishedSale;
  readonly phase: Phase;
  readonly at: EpochMs;
  readonly items: readonly LiveItem[];
};

type Read = Pick<Store, 'read'>;

/**
 * Looks at a sale.
 *
 * @param known holders that are known to have paid, which is for good: found out once, and remembered here
 * @returns nothing when there is no such sale
 */
export async function liveSale(
  store: Read,
  saleId: string,
  known: Set<Holder>,
  limits: LiveLimits,
  now: EpochMs,
): Promise<LiveSale | undefined> {
  const sale = await findSale(store, saleId);
  if (sale === undefined) return undefined;
  const keys = sale.items.map(({ sku }) => statusKey({ saleId, sku }));
  const statuses = (await store.read(keys)) as unknown as readonly (Status | undefined)[];
  const items = await Promise.all(
    sale.items.map((item, index) => liveItem(store, saleId, item, statuses[index], known, limits)),
  );
  return { sale, phase: phaseOf(sale, statuses, now), at: now, items };
}

type Counted = Pick<LiveItem, 'forSale' | 'held' | 'paid' | 'isPaidBehind' | 'asOf'>;

const UNKNOWN: Counted = { forSale: null, held: null, paid: null, isPaidBehind: false };

async function liveItem(
  store: Read,
  saleId: string,
  { sku, name, units }: Item,
  status: Status | undefined,
  known: Set<Holder>,
  limits: LiveLimits,
): Promise<LiveItem> {
  const hasEnd = units !== 'unlimited';
  const counted =
    hasEnd && status ? await counts(store, { saleId, sku }, status, known, limits) : UNKNOWN;
  return {
    ...{ sku, name, units: hasEnd ? (status?.cap ?? units) : null, ...counted },
    shards: status?.shards ?? 0,
    // A restock counts as a return, so that pages let their number rise.
    returns: (status?.releases ?? 0) - (status?.grants ?? 0),
    soldOut: status?.soldOut ?? false,
  };
}

const counts = (
  store: Read,
  item: ItemKey,
  status: Status,
  known: Set<Holder>,
  limits: LiveLimits,
): Promise<Counted> =>
  status.shards > limits.shards
    ? summed(store, item, status)
    : counted(store, item, status, known, limits.claims);

async function counted(
  store: Read,
  item: ItemKey,
  { shards }: Status,
  known: Set<Holder>,
  mostClaims: number,
): Promise<Counted> {
  const keys = Array.from({ length: shards }, (_, number) => shardKey(item, number));
  const all = (await store.read(keys)) as unknown as readonly (Shard | undefined)[];
  const found = all.filter((shard) => shard !== undefined);
  const held = found.flatMap((shard) => [...(shard.held ?? [])]);
  const open = held.filter((holder) => !known.has(holder) && partsOf(holder) !== undefined);
  await findPaid(store, item, open.slice(0, mostClaims), known);
  const unsettled = unitsIn(held.filter((holder) => known.has(holder)));
  return {
    forSale: found.reduce((sum, { avail }) => sum + avail, 0),
    held: unitsIn(held) - unsettled,
    paid: found.reduce((sum, { sold }) => sum + unitsIn(sold), 0) + unsettled,
    isPaidBehind: open.length > mostClaims,
  };
}

/** Between a payment and the next sweep a holder stands in `held` still: its claim knows better. */
async function findPaid(
  store: Read,
  item: ItemKey,
  holders: readonly Holder[],
  known: Set<Holder>,
): Promise<void> {
  const found = await store.read(holders.map((holder) => claimKeyOf(item, holder)));
  const claims = found as unknown as readonly (Claim | undefined)[];
  for (const [index, holder] of holders.entries()) {
    const claim = claims[index];
    if (claim?.state === 'PAID' && claim.holder === holder) known.add(holder);
  }
}

/** What no sweep has seen yet counts as free. */
async function summed(store: Read, item: ItemKey, { shards, cap: all }: Status): Promise<Counted> {
  const keys = blocksOf(shards).map((block) => hintKey(item, block));
  const found = (await store.read(keys)) as unknown as readonly (Hint | undefined)[];
  const hints = found.filter((hint) => hint?.sweptAt !== undefined) as readonly Hint[];
  const total = (of: (hint: Hint) => number | undefined) =>
    hints.reduce((sum, hint) => sum + (of(hint) ?? 0), 0);
  return {
    forSale: all - total(({ cap = 0, avail = 0 }) => cap - avail),
    held: total(({ held }) => held),
    paid: total(({ sold }) => sold),
    isPaidBehind: true,
    // The oldest of them: the whole is no newer than its parts. 0 before the first sweep.
    asOf: hints.length === 0 ? 0 : Math.min(...hints.map(({ sweptAt = 0 }) => sweptAt)),
  };
}
