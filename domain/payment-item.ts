/** @module What was decided about a payment that could not simply pay its order. */

import type { RefundReason } from './messages.ts';
import { type Holder, orderOf } from './order-id.ts';
import type { Answer } from './process.ts';
import type { Payment } from './steps.ts';
import type { EpochMs, Minor } from './units.ts';
import {
  type Attributes,
  absent,
  any,
  type Condition,
  equals,
  type Key,
  set,
  type Update,
  unset,
} from './write.ts';

/** Pay that order, or give the money back. */
export type Decision =
  | { readonly decision: 'pay'; readonly order: string }
  | { readonly decision: 'refund'; readonly reason: RefundReason };

/** The item as it is read. */
export type PaymentItem =
  | { readonly decision: 'pay'; readonly holder: Holder; readonly refundedAt?: undefined }
  | RefundItem;

/** A payment that goes back, or went. */
export type RefundItem = {
  readonly decision: 'refund';
  readonly reason: RefundReason;
  readonly reference: string;
  readonly amount: Minor;
  readonly currency: string;
  /** The order that the payment was made for; items from before there were approvals lack it. */
  readonly orderId?: string;
  readonly decidedAt: EpochMs;
  /** When an operator agreed, where the sale wants that. */
  readonly approvedAt?: EpochMs;
  /** When the provider had taken the refund. */
  readonly refundedAt?: EpochMs;
};

export const paymentKey = (reference: string): Key => ({
  table: 'orders',
  pk: `PAYMENT#${reference}`,
  sk: '-',
});

/**
 * Decides about a payment: if nothing is decided, or the same order is to be paid, or what was decided can never come
 * true because it names the dead order. A refund is decided once: its reason is part of what the provider is asked, and
 * another reason would be another request.
 *
 * @param orderId the order that it was made for
 */
export function decideOn(
  payment: Payment,
  orderId: string,
  decision: Decision,
  dead: string | undefined,
  now: EpochMs,
): Update {
  const same = decision.decision === 'pay' ? [equals('order', decision.order)] : [];
  const ofTheDead = dead === undefined ? [] : [equals('order', dead)];
  const { reference, amount, currency } = payment;
  const known = { ...decision, reference, amount, currency, orderId, decidedAt: now };
  return {
    item: paymentKey(reference),
    when: any(absent, ...same, ...ofTheDead),
    change: [
      ...Object.entries(known).map(([attr, value]) => set(attr, value)),
      // A refund names no order to pay, so that "it names the dead order" is never true of one.
      ...(decision.decision === 'refund' ? [unset('order')] : []),
    ],
    returns: 'new',
  };
}

const isRefund: Condition = equals('decision', 'refund');

/** An operator agrees that a payment goes back. Agreeing again changes nothing that matters. */
export const approve = (reference: string, now: EpochMs): Update => ({
  item: paymentKey(reference),
  when: isRefund,
  change: [set('approvedAt', now)],
  returns: 'new',
});

/** Notes that the money went back. */
export const refunded = (reference: string, now: EpochMs): Update => ({
  item: paymentKey(reference),
  when: isRefund,
  change: [set('refundedAt', now)],
});

/** The item that an answer brings, if it brings one. */
export function paymentItemIn(answer: Answer): PaymentItem | undefined {
  return 'item' in answer ? paymentItemOf(answer.item) : undefined;
}

/** The item in what is stored. */
export function paymentItemOf(item: Attributes | undefined): PaymentItem | undefined {
  if (item === undefined) return undefined;
  if (item['decision'] === 'refund') return item as unknown as RefundItem;
  const order = orderOf(String(item['order']));
  return order && { decision: 'pay', holder: order.holder };
}
