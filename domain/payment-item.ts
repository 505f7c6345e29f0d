/** @module What was decided about a payment that could not simply pay its order. */

import type { RefundReason } from './messages.ts';
import { type Holder, orderOf } from './order-id.ts';
import type { Answer } from './process.ts';
import type { Payment } from './steps.ts';
import type { EpochMs } from './units.ts';
import { absent, any, equals, type Key, set, type Update, unset } from './write.ts';

/** Pay that order, or give the money back. */
export type Decision =
  | { readonly decision: 'pay'; readonly order: string }
  | { readonly decision: 'refund'; readonly reason: RefundReason };

/** The item as it is read. */
export type PaymentItem =
  | { readonly decision: 'pay'; readonly holder: Holder; readonly refundedAt?: undefined }
  | { readonly decision: 'refund'; readonly reason: RefundReason; readonly refundedAt?: EpochMs };

const paymentKey = (reference: string): Key => ({
  table: 'orders',
  pk: `PAYMENT#${reference}`,
  sk: '-',
});

/**
 * Decides about a payment: if nothing is decided, or the same, or what was decided can never come true because it names
 * the dead order.
 */
export function decideOn(
  payment: Payment,
  decision: Decision,
  dead: string | undefined,
  now: EpochMs,
): Update {
  const same =
    decision.decision === 'pay' ? equals('order', decision.order) : equals('decision', 'refund');
  const ofTheDead = dead === undefined ? [] : [equals('order', dead)];
  const { reference, amount, currency } = payment;
  return {
    item: paymentKey(reference),
    when: any(absent, same, ...ofTheDead),
    change: [
      ...Object.entries({ ...decision, reference, amount, currency, decidedAt: now }).map(
        ([attr, value]) => set(attr, value),
      ),
      // A refund names no order, so that "it names the dead order" is never true of one.
      ...(decision.decision === 'refund' ? [unset('order')] : []),
    ],
    returns: 'new',
  };
}

/** Notes that the money went back. */
export const refunded = (payment: Payment, now: EpochMs): Update => ({
  item: paymentKey(payment.reference),
  when: equals('decision', 'refund'),
  change: [set('refundedAt', now)],
});

/** The item that an answer brings, if it brings one. */
export function paymentItemIn(answer: Answer): PaymentItem | undefined {
  const item = 'item' in answer ? answer.item : undefined;
  if (item === undefined) return undefined;
  if (item['decision'] === 'refund') return item as unknown as PaymentItem;
  const order = orderOf(String(item['order']));
  return order && { decision: 'pay', holder: order.holder };
}
