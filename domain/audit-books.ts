/** @module What the audit reads of one item, and how it looks things up: holder to claim, holder to record. */

import type { Claim, ItemKey, Shard, Status } from './items.ts';
import { type Holder, orderIdOf, orderOf, partsOf, quantityOf } from './order-id.ts';
import type { OrderRecord } from './order-record.ts';
import type { Item } from './sale.ts';
import type { EpochMs } from './units.ts';

/** For how long something may be wrong before a promise is broken: the sweep's period, twice, and its work. */
export const TOLERATED_MS = 180_000;

/** Something that breaks a promise: an order id or an item's key, and a sentence. */
export type Finding = { readonly id: string; readonly what: string };

export type NumberedShard = { readonly index: number; readonly shard: Shard };

/** A claim and what its key says. */
export type NumberedClaim = {
  readonly buyerKey: string;
  /** How many orders the shopper had paid before. */
  readonly n: number;
  readonly claim: Claim;
};

/** Units that came for sale: the first when the sale was published, then each restock. */
export type Grant = { readonly at: EpochMs; readonly units: number };

/**
 * All items of one item of a sale. Shards must be read first, then records, then claims: an order that is certain
 * stood in its shard before, and a record never is ahead of its claim.
 */
export type ItemBooks = {
  readonly sku: string;
  readonly status: Status | undefined;
  readonly shards: readonly NumberedShard[];
  readonly claims: readonly NumberedClaim[];
  readonly records: readonly OrderRecord[];
  readonly grants: readonly Grant[];
};

/** The books of one item, with its claims and records in reach. */
export type Ledger = {
  readonly item: Item;
  readonly key: ItemKey;
  readonly books: ItemBooks;
  readonly now: EpochMs;
  /** What changed after this instant may still be on its way. */
  readonly settledBy: EpochMs;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly records: ReadonlyMap<Holder, OrderRecord>;
};

export type LedgerInput = Pick<Ledger, 'item' | 'books' | 'now' | 'settledBy'> & {
  readonly saleId: string;
};

/** Orders the books of an item. */
export const ledgerOf = ({ saleId, item, books, now, settledBy }: LedgerInput): Ledger => ({
  item,
  key: { saleId, sku: item.sku },
  books,
  now,
  settledBy,
  claims: new Map(books.claims.map(({ buyerKey, n, claim }) => [slot(buyerKey, n), claim])),
  records: new Map(books.records.map((record) => [holderIn(record), record])),
});

const slot = (buyerKey: string, n: number): string => `${buyerKey}#${n}`;

/** The claim at the key that a holder leads to: its own, or a later attempt's. */
export function claimAt({ claims }: Ledger, holder: Holder): Claim | undefined {
  const parts = partsOf(holder);
  return parts && claims.get(slot(parts.buyerKey, parts.n));
}

/** The claim of an order number of a shopper. */
export const claimNumber = ({ claims }: Ledger, buyerKey: string, n: number): Claim | undefined =>
  claims.get(slot(buyerKey, n));

/** The holder of a record; the whole order id where it is none, so that nothing gets lost. */
export const holderIn = ({ orderId }: OrderRecord): Holder => orderOf(orderId)?.holder ?? orderId;

/** The order id of a holder. */
export const idOf = ({ key }: Ledger, holder: Holder): string => orderIdOf({ ...key, holder });

/** When a holder's attempt began; long ago when that cannot be read. */
export const startOf = (holder: Holder): EpochMs => (partsOf(holder)?.since ?? 0) * 1000;

/** The units that a holder stands for; 0 when it is none. */
export const unitsOf = (holder: Holder): number => quantityOf(holder);

/** The units that a set of holders stands for. */
export const unitsIn = (holders: Iterable<Holder> | undefined): number =>
  sum([...(holders ?? [])].map(unitsOf));

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** An unpaid order of an item without end is over at payBy, whenever it is looked at. */
const hasExpired = ({ item, now }: Ledger, { state, payBy }: Claim): boolean =>
  item.units === 'unlimited' && state === 'RESERVED' && payBy !== undefined && now > payBy;

/** Whether a claim counts as units that its shopper has. */
export const isHeld = (ledger: Ledger, claim: Claim): boolean =>
  claim.state === 'PAID' || (claim.state === 'RESERVED' && !hasExpired(ledger, claim));

/** Whether a claim is what it is for long enough that the other books must agree. */
export const isSettled = ({ settledBy }: Ledger, { changedAt }: Claim): boolean =>
  changedAt <= settledBy;
