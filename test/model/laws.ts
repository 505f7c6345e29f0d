/** @module What must hold in every state, judged by the tables alone, in words of its own: not by the audit. */

import type { Claim, Shard, Status } from '../../domain/items.ts';
import { type Holder, partsOf } from '../../domain/order-id.ts';
import type { OrderRecord } from '../../domain/order-record.ts';
import type { PaymentItem } from '../../domain/payment-item.ts';
import type { Plain } from '../../domain/plain-item.ts';
import type { RefundEntry } from '../../domain/refund-list.ts';
import { membersOf } from './actors.ts';
import { ACKNOWLEDGED, CANCEL_ASKED, REFUNDS, shortOf } from './names.ts';
import { isWrong, shortReference } from './payments.ts';

export type Contents = ReadonlyMap<string, Plain>;

/** The tables of one item, by kind. */
export type Books = {
  readonly shards: readonly Shard[];
  readonly claims: readonly Claim[];
  readonly records: readonly OrderRecord[];
  readonly payments: readonly PaymentItem[];
  /** Payments that wait for an operator, or waited. */
  readonly listed: readonly RefundEntry[];
  readonly status: Status | undefined;
  readonly acknowledged: ReadonlySet<string>;
  readonly refunds: ReadonlySet<string>;
  readonly cancels: ReadonlySet<string>;
};

export function booksOf(contents: Contents): Books {
  const under = <T>(prefix: string): T[] =>
    [...contents].flatMap(([name, item]) =>
      item !== undefined && name.startsWith(prefix) ? [item as T] : [],
    );
  return {
    shards: under<Shard>('stock/STOCK#'),
    claims: under<Claim>('stock/CLAIM#'),
    records: under<OrderRecord>('orders/ORDER#'),
    payments: under<PaymentItem>('orders/PAYMENT#'),
    listed: under<RefundEntry>('orders/REFUNDS#'),
    status: under<Status>('stock/STATUS#')[0],
    acknowledged: membersOf(contents.get(ACKNOWLEDGED)),
    refunds: membersOf(contents.get(REFUNDS)),
    cancels: membersOf(contents.get(CANCEL_ASKED)),
  };
}

const quantityOf = (holder: Holder): number => partsOf(holder)?.quantity ?? 0;
const unitsOf = (holders: ReadonlySet<Holder> = new Set()): number =>
  [...holders].reduce((sum, holder) => sum + quantityOf(holder), 0);

/** What is wrong, or nothing. */
export function flawIn(books: Books, limit: number): string | undefined {
  return (
    first(books.shards, shardFlaw) ??
    first(books.shards, (shard, k) => soldUnpaid(shard, k, books)) ??
    first(
      books.claims,
      (claim) => withoutUnit(claim, books) ?? outOfTurn(claim, books) ?? endedWrongly(claim, books),
    ) ??
    overLimit(books, limit) ??
    miscounted(books) ??
    first([...books.acknowledged], (holder) => vanished(holder, books)) ??
    first(books.records, (record) => contradicted(record, books)) ??
    first([...books.refunds], (reference) => paidAndReturned(reference, books)) ??
    paidWrongly(books)
  );
}

function first<T>(of: readonly T[], flaw: (one: T, index: number) => string | undefined) {
  for (const [index, one] of of.entries()) {
    const found = flaw(one, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shardFlaw({ cap, avail, held, sold }: Shard, k: number): string | undefined {
  if (avail < 0 || avail + unitsOf(held) + unitsOf(sold) !== cap) {
    return `shard ${k}: ${avail} free, ${unitsOf(held)} held and ${unitsOf(sold)} sold are not ${cap}`;
  }
  const both = [...(held ?? [])].find((holder) => sold?.has(holder));
  return both === undefined ? undefined : `shard ${k}: ${shortOf(both)} is both held and sold`;
}

function soldUnpaid({ sold = new Set() }: Shard, k: number, { claims }: Books) {
  const unpaid = [...sold].find(
    (holder) =>
      !claims.some((one) => one.holder === holder && one.state === 'PAID' && one.shard === k),
  );
  return unpaid && `shard ${k}: ${shortOf(unpaid)} is sold and has no paid claim there`;
}

/** A certain order has its unit. Unlimited stock has no shards. */
function withoutUnit({ state, holder, shard, shards }: Claim, books: Books): string | undefined {
  if ((state !== 'RESERVED' && state !== 'PAID') || shards === 0) return undefined;
  const at = books.shards[shard];
  if (at?.held?.has(holder) || (state === 'PAID' && at?.sold?.has(holder))) return undefined;
  return `claim ${shortOf(holder)} is ${state} and holds no unit in shard ${shard} (oversell)`;
}

function outOfTurn({ holder }: Claim, { claims }: Books): string | undefined {
  const { buyerKey, n } = partsOf(holder)!;
  const before = claims.find((one) => {
    const parts = partsOf(one.holder);
    return parts?.buyerKey === buyerKey && parts.n === n - 1;
  });
  if (n === 0 || before?.state === 'PAID') return undefined;
  return `claim ${shortOf(holder)} is there before the order before it is paid (limit)`;
}

/** An order ends for its reason: its own shopper's wish, or its own deadline. */
function endedWrongly({ holder, reason, releasedAt = 0, payBy = 0, leaseAt }: Claim, books: Books) {
  if (reason === 'cancelled' && !books.cancels.has(holder)) {
    return `${shortOf(holder)} is cancelled, and nobody asked for it`;
  }
  const deadline = reason === 'expired' ? payBy : leaseAt;
  if ((reason !== 'expired' && reason !== 'lapsed') || releasedAt > deadline) return undefined;
  return `${shortOf(holder)} ${reason} ${deadline - releasedAt} ms before its time`;
}

function overLimit({ claims }: Books, limit: number): string | undefined {
  const units = new Map<string, number>();
  for (const { state, holder, quantity } of claims) {
    if (state !== 'RESERVED' && state !== 'PAID') continue;
    const { buyerKey = '' } = partsOf(holder) ?? {};
    const sum = (units.get(buyerKey) ?? 0) + quantity;
    units.set(buyerKey, sum);
    if (sum > limit)
      return `the shopper of ${shortOf(holder)} has ${sum} units of ${limit} (limit)`;
  }
  return undefined;
}

/** An order that was acknowledged stands, or is released for all to see. */
function vanished(holder: string, { claims }: Books): string | undefined {
  const claim = claims.find((one) => one.holder === holder);
  if (claim === undefined || claim.reservedAt !== undefined) return undefined;
  return `order ${shortOf(holder)} was acknowledged and is ${claim.state} without a reservation (may be lost)`;
}

/** A record never says of an order what its claim can no longer become. */
function contradicted({ orderId, state }: OrderRecord, { claims }: Books): string | undefined {
  const holder = orderId.slice(-24);
  const claim = claims.find((one) => one.holder === holder);
  const isPaid = claim?.state === 'PAID';
  const isOver = claim === undefined || claim.state === 'RELEASING' || claim.state === 'RELEASED';
  if (state === 'PAID' && !isPaid) return `record ${shortOf(holder)} is PAID and its claim is not`;
  if (state === 'RELEASED' && !isOver) {
    return `record ${shortOf(holder)} is RELEASED and its claim is ${claim.state}`;
  }
  return undefined;
}

function paidAndReturned(reference: string, { claims }: Books): string | undefined {
  const claim = claims.find(({ payment }) => payment === reference);
  return claim && `payment of ${shortOf(claim.holder)} went back, and the order is ${claim.state}`;
}

function paidWrongly({ claims }: Books): string | undefined {
  const payments = claims.flatMap(({ payment }) => (payment === undefined ? [] : [payment]));
  const twice = payments.find((one, index) => payments.indexOf(one) !== index);
  if (twice) return `payment ${shortReference(twice)} paid two orders`;
  const wrong = payments.find(isWrong);
  return wrong && `payment ${shortReference(wrong)} of another amount or currency paid an order`;
}

/** What is wrong once everything has stopped, every deadline is over, and two sweeps have run alone; or nothing. */
export function flawAfterCalm(books: Books): string | undefined {
  return (
    first(books.shards, ({ held }, k) =>
      unitsOf(held) > 0
        ? `shard ${k}: ${unitsOf(held)} units are held by nobody (leak)`
        : undefined,
    ) ??
    leaked(books) ??
    first(books.claims, (claim) => forEver(claim, books)) ??
    wronglySoldOut(books)
  );
}

/** Nobody has heard of an order of unlimited stock before its message is out: then it may stay as it is. */
function forEver({ state, shards, holder }: Claim, { acknowledged }: Books) {
  if (state !== 'RESERVED' || (shards === 0 && !acknowledged.has(holder))) return undefined;
  return `claim ${shortOf(holder)} is RESERVED for ever`;
}

function leaked({ shards, claims }: Books): string | undefined {
  const sold = shards.reduce((sum, one) => sum + unitsOf(one.sold), 0);
  const paid = claims
    .filter(({ state, shards: all }) => state === 'PAID' && all > 0)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return sold === paid ? undefined : `${sold} units are sold, and ${paid} are paid`;
}

/** Whether it says SOLD OUT while a unit is free. */
export function isSoldOutWrongly(contents: Contents): boolean {
  const { shards, status } = booksOf(contents);
  return status?.soldOut === true && shards.some(({ avail }) => avail > 0);
}

function wronglySoldOut({ shards, status }: Books): string | undefined {
  const free = shards.reduce((sum, { avail }) => sum + avail, 0);
  if (shards.length === 0 || status?.soldOut === (free === 0)) return undefined;
  return `${free} units are free, and SOLD OUT is said: ${status?.soldOut}`;
}

/** A restock counts its units once, after they are there. */
function miscounted({ shards, status }: Books): string | undefined {
  const cap = shards.reduce((sum, one) => sum + one.cap, 0);
  if (status === undefined || (status.cap <= cap && status.shards <= shards.length))
    return undefined;
  return `it says ${status.cap} units in ${status.shards} shards, and there are ${cap} in ${shards.length}`;
}

/** Every acknowledged order has its record, and the record says what became of it. */
export function flawInRecords({ acknowledged, records, claims }: Books): string | undefined {
  return first([...acknowledged], (holder) => {
    const record = records.find(({ orderId }) => orderId.endsWith(holder));
    const isPaid = claims.some((one) => one.holder === holder && one.state === 'PAID');
    const wanted = isPaid ? 'PAID' : 'RELEASED';
    if (record?.state === wanted) return undefined;
    return `order ${shortOf(holder)} is ${wanted}, and its record is ${record?.state ?? 'missing'} (lost)`;
  });
}
