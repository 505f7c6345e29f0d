/** @module The items of the stock table, and their keys. Each has a partition key of its own, so that none heats another. */

import type { Holder } from './order-id.ts';
import type { Trace } from './trace.ts';
import type { EpochMs, Minor } from './units.ts';
import type { Key } from './write.ts';

/** How many shards one hint speaks of: their numbers fit in one write unit. */
export const SHARDS_PER_HINT = 200;

/** The item of a sale that stock, claims and status belong to. */
export type ItemKey = { readonly saleId: string; readonly sku: string };

/** A small part of an item's units. `avail + Σqty(held) + Σqty(sold) = cap`, always. */
export type Shard = {
  readonly cap: number;
  readonly avail: number;
  readonly held?: ReadonlySet<Holder>;
  readonly sold?: ReadonlySet<Holder>;
};

type ClaimState = 'PENDING' | 'RESERVED' | 'PAID' | 'RELEASING' | 'RELEASED';

/** Why an order was released. */
export type ReleaseReason = 'expired' | 'cancelled' | 'lapsed' | 'sold-out' | 'payment-refunded';

/** The dedup item: one for each shopper, sale, SKU and order number. It holds the order's state. */
export type Claim = Trace & {
  readonly state: ClaimState;
  readonly holder: Holder;
  /** Where in its probe sequence the attempt stands; it only grows. */
  readonly probe: number;
  /** The shard at that place. */
  readonly shard: number;
  /** How many shards the attempt began with; 0 when stock is unlimited. */
  readonly shards: number;
  readonly quantity: number;
  /** What one unit costs. */
  readonly price: Minor;
  /** What the order costs: quantity × price. */
  readonly amount: Minor;
  readonly currency: string;
  /** Units that this shopper had paid before, in earlier orders of the same item. */
  readonly before: number;
  /** Personal data: erased with the claim. */
  readonly shopper: string;
  readonly contact?: string;
  readonly transaction: string;
  readonly claimedAt: EpochMs;
  /** Until then a PENDING attempt is left alone. */
  readonly leaseAt: EpochMs;
  /** When the state last changed. */
  readonly changedAt: EpochMs;
  readonly reservedAt?: EpochMs;
  readonly payBy?: EpochMs;
  readonly paidAt?: EpochMs;
  /** The payment provider's reference; `free` when the price is 0. */
  readonly payment?: string;
  readonly reason?: ReleaseReason;
  /** When R1 decided it. */
  readonly releasedAt?: EpochMs;
  /** SHA-256 of the token that the payment provider was given. */
  readonly token?: string;
  readonly checkoutAt?: EpochMs;
  /** TTL, epoch seconds. */
  readonly eraseAt: number;
};

/** What buyers read before anything else: at most once a second. */
export type Status = {
  readonly phase: 'OPEN' | 'PAUSED' | 'CLOSED';
  readonly soldOut: boolean;
  /** 0 when stock is unlimited. */
  readonly shards: number;
  /** Counts up with every unit that comes back, and with every restock. */
  readonly releases: number;
  /** How many restocks there have been. */
  readonly grants: number;
  /** Units in all shards together. */
  readonly cap: number;
  /** When somebody last was elected to scan. */
  readonly scanAt?: EpochMs;
  /** What the last scan found to be the most that one shard has, and the count of releases before it. */
  readonly largest?: number;
  readonly scannedAt?: number;
  /** Sweeps in a row that found nothing open after the closing. */
  readonly quiet?: number;
  /** Its units are those of the product with the same SKU: more of them are taken from there. */
  readonly fromProduct?: true;
};

/** What is known of 200 shards. Advisory: buyers skip what is said to be empty. */
export type Hint = {
  readonly empty?: ReadonlySet<number>;
  /** Written by the sweep; absent before the first one. */
  readonly cap?: number;
  readonly avail?: number;
  readonly held?: number;
  readonly sold?: number;
  readonly sweptAt?: EpochMs;
  /** The count of releases before that sweep looked. */
  readonly releases?: number;
  /** The most that one of the shards had. */
  readonly largest?: number;
  /** Holders that were left in `held`, paid or not. */
  readonly open?: number;
  /** Shards whose sum was wrong. */
  readonly drift?: number;
};

const stock = (pk: string): Key => ({ table: 'stock', pk });

export const shardKey = ({ saleId, sku }: ItemKey, shard: number): Key =>
  stock(`STOCK#${saleId}#${sku}#${shard}`);

export const claimKey = ({ saleId, sku }: ItemKey, buyerKey: string, n: number): Key =>
  stock(`CLAIM#${saleId}#${sku}#${buyerKey}#${n}`);

export const statusKey = ({ saleId, sku }: ItemKey): Key => stock(`STATUS#${saleId}#${sku}`);

export const hintKey = ({ saleId, sku }: ItemKey, block: number): Key =>
  stock(`HINT#${saleId}#${sku}#${block}`);

export const grantKey = ({ saleId, sku }: ItemKey, grant: number): Key =>
  stock(`GRANT#${saleId}#${sku}#${grant}`);

export const saleKey = (saleId: string): Key => ({ table: 'catalogue', pk: `SALE#${saleId}` });

/** The hints that cover a number of shards. */
export const blocksOf = (shards: number): number[] =>
  Array.from({ length: Math.ceil(shards / SHARDS_PER_HINT) }, (_, block) => block);

export const blockOf = (shard: number): number => Math.floor(shard / SHARDS_PER_HINT);
