/** @module The audit's figures of one item, and what is odd in its books without breaking a promise. */

import { type Finding, holderIn, isHeld, type Ledger, sum, unitsIn } from './audit-books.ts';
import { untold } from './audit-orders.ts';
import { type ReleaseReason, statusKey } from './items.ts';
import { partsOf } from './order-id.ts';

/** Units, unless it says orders. */
export type ItemCounts = {
  readonly sku: string;
  /** In all shards together; 0 when stock is unlimited. */
  readonly cap: number;
  /** For sale. */
  readonly avail: number;
  /** Standing in `held`, whatever their claims say. */
  readonly held: number;
  /** Standing in `sold`. */
  readonly settled: number;
  /** Paid. */
  readonly paid: number;
  /** Acknowledged, and neither paid nor over. */
  readonly open: number;
  /** Orders that were released, by reason; attempts that found nothing are among them. */
  readonly released: Readonly<Partial<Record<ReleaseReason, number>>>;
};

/** The figures of an item. Orders whose claims moved on, or were erased, are counted from their records. */
export function countsOf(ledger: Ledger): ItemCounts {
  const { item, books } = ledger;
  const shards = books.shards.map(({ shard }) => shard);
  const claims = books.claims.map(({ claim }) => claim);
  const current = new Set(claims.map(({ holder }) => holder));
  const past = books.records.filter((record) => !current.has(holderIn(record)));
  const units = (of: readonly { readonly quantity: number }[]) =>
    sum(of.map(({ quantity }) => quantity));
  return {
    sku: item.sku,
    cap: sum(shards.map(({ cap }) => cap)),
    avail: sum(shards.map(({ avail }) => avail)),
    held: sum(shards.map(({ held }) => unitsIn(held))),
    settled: sum(shards.map(({ sold }) => unitsIn(sold))),
    paid: units([...claims, ...past].filter(({ state }) => state === 'PAID')),
    open: units(claims.filter((claim) => claim.state === 'RESERVED' && isHeld(ledger, claim))),
    released: countReasons([...claims, ...past].filter(({ state }) => state === 'RELEASED')),
  };
}

function countReasons(orders: readonly { readonly reason?: ReleaseReason }[]) {
  const counts: Partial<Record<ReleaseReason, number>> = {};
  for (const { reason } of orders) {
    if (reason !== undefined) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

/** What an operator may want to look at. */
export function oddities(ledger: Ledger): Finding[] {
  const { key, books } = ledger;
  const id = statusKey(key).pk;
  if (books.status === undefined) return [{ id, what: 'is missing: the item was never published' }];
  const { cap, avail } = countsOf(ledger);
  const granted = sum(books.grants.map(({ units }) => units));
  const missing = { id, what: `${granted} units were granted, and ${cap} have come` };
  const stale = { id, what: `says that the item is sold out, and ${avail} units are for sale` };
  return [
    ...(books.grants.length > 0 && granted !== cap ? [missing] : []),
    ...(books.status.soldOut && avail > 0 ? [stale] : []),
    ...unreadable(ledger),
    ...untold(ledger),
  ];
}

/** Records that lead nowhere. */
const unreadable = ({ books }: Ledger): Finding[] =>
  books.records
    .filter((record) => partsOf(holderIn(record)) === undefined)
    .map(({ orderId }) => ({
      id: orderId,
      what: 'is the order id of a record, and is no order id',
    }));
