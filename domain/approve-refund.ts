/**
 * @module
 * An operator agrees that a payment goes back. Nobody can refuse it: money is never kept in silence.
 */

import type { RefundReason } from './messages.ts';
import { type OrderParts, orderOf } from './order-id.ts';
import { approve, paymentItemOf, paymentKey, type RefundItem } from './payment-item.ts';
import { run, type World } from './process.ts';
import { askProvider, type Money, refunding, strikeOff, tellOfIt } from './refunding.ts';
import type { EpochMs } from './units.ts';

export type ApproveOutcome =
  | { readonly kind: 'refunded'; readonly reason: RefundReason }
  /** Queue or provider did not answer: it is approved, and to be approved again. */
  | { readonly kind: 'later' }
  /** No payment of that reference goes back in this sale. */
  | { readonly kind: 'unknown' };

/**
 * Approves a refund and carries it out. First the approval is written down, so that whoever comes after a crash finds it
 * approved; then come the steps of `refunding.ts`. Twice at once or once more does it once.
 */
export async function approveRefund(
  world: World,
  saleId: string,
  reference: string,
  now: EpochMs,
): Promise<ApproveOutcome> {
  const known = await decidedRefund(world, saleId, reference, now);
  if (known === undefined) return { kind: 'unknown' };
  if (known.item.refundedAt !== undefined) return run(refunding, strikeOff(known.money), world);
  await world.store.write(approve(reference, now));
  return run(refunding, askProvider(known.money), world);
}

/** Notes a refund that the provider is known to have made: it is told and marked, and nobody need agree any more. */
export async function noteRefund(
  world: World,
  saleId: string,
  reference: string,
  now: EpochMs,
): Promise<ApproveOutcome> {
  const known = await decidedRefund(world, saleId, reference, now);
  return known === undefined ? { kind: 'unknown' } : run(refunding, tellOfIt(known.money), world);
}

type Decided = { readonly item: RefundItem; readonly money: Money };

/** A decision never moves away from a refund, so that what is read here stays true. */
async function decidedRefund(
  { store }: World,
  saleId: string,
  reference: string,
  now: EpochMs,
): Promise<Decided | undefined> {
  const [found] = await store.read([paymentKey(reference)]);
  const item = paymentItemOf(found);
  if (item?.decision !== 'refund') return undefined;
  const order = orderOf(item.orderId ?? '');
  return order?.saleId === saleId ? { item, money: moneyOf(item, order, now) } : undefined;
}

const moneyOf = (
  { reference: payment, amount, currency, reason }: RefundItem,
  order: OrderParts,
  now: EpochMs,
): Money => ({ ...order, refund: { payment, amount, currency, reason }, now, listed: true });
