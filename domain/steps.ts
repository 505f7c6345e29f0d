/**
 * @module
 * The stock protocol, step by step: each is one conditional write on one item, so that any of them can be repeated and
 * a crash between two leaves a state that the next step recognises. What follows from a refusal is decided in `buy.ts`,
 * `release.ts` and `payment.ts`.
 */

import {
  type Claim,
  claimKey,
  type ItemKey,
  type ReleaseReason,
  shardKey,
  statusKey,
} from './items.ts';
import { type Holder, partsOf, quantityOf } from './order-id.ts';
import { shardAt } from './probe.ts';
import type { EpochMs } from './units.ts';
import {
  absent,
  add,
  all,
  atLeast,
  below,
  type Condition,
  equals,
  exists,
  has,
  insert,
  lacks,
  type Put,
  remove,
  set,
  type Update,
} from './write.ts';

/** How long after payBy an order is left alone, so that a payment on its way arrives before the rollback. */
export const GRACE_MS = 60_000;

/** The key of the claim that a holder leads to. @throws {RangeError} when it is no holder */
export function claimKeyOf(item: ItemKey, holder: Holder) {
  const parts = partsOf(holder);
  if (parts === undefined) throw new RangeError(`Cannot find the claim of holder "${holder}"`);
  return claimKey(item, parts.buyerKey, parts.n);
}

/** The claim is still this attempt's. */
const isOf = ({ holder }: Claim): Condition => equals('holder', holder);

/** The attempt is still where it was: no twin has moved on or confirmed. */
const isWhere = (claim: Claim): Condition =>
  all(isOf(claim), equals('state', 'PENDING'), equals('probe', claim.probe));

/** B1: claims, or takes over a claim whose last attempt was released. Only one of many twins succeeds. */
export const claimIt = (item: ItemKey, claim: Claim, old: Claim | undefined): Put => ({
  item: claimKeyOf(item, claim.holder),
  when: old === undefined ? absent : all(isOf(old), equals('state', 'RELEASED')),
  put: attributes(claim),
});

/** B2: holds the order's units in a shard. A holder that already stands there takes nothing more. */
export const hold = (item: ItemKey, { shard, holder, quantity }: Claim): Update => ({
  item: shardKey(item, shard),
  when: all(atLeast('avail', quantity), lacks('held', holder), lacks('sold', holder)),
  change: [add('avail', -quantity), insert('held', holder)],
  returns: 'new',
});

/** B3: moves on to the next shard. The probe only grows. */
export const move = (item: ItemKey, claim: Claim, to: number): Update => ({
  item: claimKeyOf(item, claim.holder),
  when: isWhere(claim),
  change: [set('probe', to), set('shard', shardAt(claim.holder, claim.shards, to))],
});

/** B3 at the sequence's end: gives up the attempt. Its holder is never used again. */
export const giveUp = (item: ItemKey, claim: Claim, now: EpochMs): Update => ({
  item: claimKeyOf(item, claim.holder),
  when: isWhere(claim),
  change: [set('state', 'RELEASED'), set('reason', 'sold-out'), set('changedAt', now)],
});

/** B4: confirms. Only now may the order be acknowledged. */
export const confirm = (item: ItemKey, before: Claim, after: Claim): Update => ({
  item: claimKeyOf(item, before.holder),
  when: isWhere(before),
  change: Object.entries(confirmation(after)).map(([attr, value]) => set(attr, value)),
});

const confirmation = ({ state, payBy, reservedAt, paidAt, payment, changedAt }: Claim) =>
  attributes({ state, payBy, reservedAt, paidAt, payment, changedAt });

/** The money that came for an order. */
export type Payment = {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly paidAt: EpochMs;
};

/** P1: pays. A released or otherwise paid order is never paid. */
export const pay = (item: ItemKey, holder: Holder, payment: Payment, now: EpochMs): Update => ({
  item: claimKeyOf(item, holder),
  when: all(
    equals('holder', holder),
    equals('state', 'RESERVED'),
    equals('amount', payment.amount),
    equals('currency', payment.currency),
  ),
  change: [
    set('state', 'PAID'),
    set('payment', payment.reference),
    set('paidAt', payment.paidAt),
    set('changedAt', now),
  ],
  returns: 'new',
});

/** R1: decides that an order is over, for a reason. From here on only the release can go on. */
export const markReleasing = (
  item: ItemKey,
  { holder }: Claim,
  reason: ReleaseReason,
  now: EpochMs,
): Update => ({
  item: claimKeyOf(item, holder),
  when: all(equals('holder', holder), isOver(reason, now)),
  change: [
    set('state', 'RELEASING'),
    set('reason', reason),
    set('releasedAt', now),
    set('changedAt', now),
  ],
  // The probe may have moved since the claim was read: the release needs the one at this instant.
  returns: 'new',
});

/** Whether an order may end, for a reason. A deadline says when to try; only the state makes it safe. */
const isOver = (reason: ReleaseReason, now: EpochMs): Condition => {
  if (reason === 'lapsed') return all(equals('state', 'PENDING'), below('leaseAt', now));
  const reserved = equals('state', 'RESERVED');
  return reason === 'expired' ? all(reserved, below('payBy', now - GRACE_MS)) : reserved;
};

/** R2: gives a holder's units back. Once: the holder must stand in the shard. */
export const giveBack = (item: ItemKey, shard: number, holder: Holder): Update => ({
  item: shardKey(item, shard),
  when: has('held', holder),
  change: [add('avail', quantityOf(holder)), remove('held', holder)],
});

/** After R2: counts a release, and takes back that the item is sold out, in one write. */
export const countRelease = (item: ItemKey): Update => ({
  item: statusKey(item),
  when: exists,
  change: [add('releases', 1), set('soldOut', false)],
});

/** R3: the release is complete, and the claim can be taken over by the next attempt. */
export const finishRelease = (item: ItemKey, claim: Claim, now: EpochMs): Update => ({
  item: claimKeyOf(item, claim.holder),
  when: all(isOf(claim), equals('state', 'RELEASING')),
  change: [set('state', 'RELEASED'), set('changedAt', now)],
  returns: 'new',
});

/** S: paid holders that are recorded move out of the sweep's sight. */
export const settle = (item: ItemKey, shard: number, holders: readonly Holder[]): Update => ({
  item: shardKey(item, shard),
  when: all(...holders.map((holder) => has('held', holder))),
  change: [remove('held', ...holders), insert('sold', ...holders)],
});

/** Notes which token the payment provider was given, while the order can still be paid. */
export const checkOut = (
  item: ItemKey,
  { holder }: Claim,
  token: string,
  now: EpochMs,
): Update => ({
  item: claimKeyOf(item, holder),
  when: all(equals('holder', holder), equals('state', 'RESERVED')),
  change: [set('token', token), set('checkoutAt', now)],
});

/** Attributes without what is undefined: an item has no undefined attributes. */
export const attributes = <T extends object>(from: T) =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined));
