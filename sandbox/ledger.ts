/** @module The provider's books: payments and refunds, in memory, in the order in which they happened. */

import { randomBytes } from 'node:crypto';
import type { Checkout } from './checkout-token.ts';

export type Payment = {
  readonly reference: string;
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidAtEpochMs: number;
};

type Refund = {
  readonly refundId: string;
  readonly reference: string;
  /** The order that the payment was made for. */
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
  readonly refundedAtEpochMs: number;
};

export type Statement = {
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
};

type RefundRequest = Pick<Refund, 'reference' | 'amountMinor' | 'currency' | 'reason'>;

export type PayOptions = {
  /** Another amount than the token says, as a provider's mistake would have it. */
  readonly amountMinor?: number;
  readonly currency?: string;
  /** Pays once more, although the token has paid before. */
  readonly forceNew?: boolean;
};

export type RefundOutcome =
  | { readonly kind: 'refunded'; readonly refund: Refund }
  | { readonly kind: 'unknown-payment' | 'wrong-currency' | 'above-paid' | 'key-reused' };

/** An id that cannot be guessed: a prefix and 22 base64url characters. */
export const newId = (prefix: string): string =>
  `${prefix}_${randomBytes(17).toString('base64url').slice(0, 22)}`;

export type Ledger = {
  /** The payment of a token. A token pays once, unless `forceNew`; `isNew` says whether it did so now. */
  pay(
    token: string,
    checkout: Checkout,
    options?: PayOptions,
  ): { payment: Payment; isNew: boolean };
  paymentOf(token: string): Payment | undefined;
  byReference(reference: string): Payment | undefined;
  /** Pays back; the same key gives the same refund again. */
  refund(key: string, request: RefundRequest): RefundOutcome;
  /** What happened at or after `from` and before `to`. */
  statement(from?: number, to?: number): Statement;
};

export function openLedger(now: () => number): Ledger {
  const payments = new Map<string, Payment>();
  const byToken = new Map<string, Payment>();
  const refunds = new Map<string, { request: string; refund: Refund }>();
  /** What can still be paid back of each payment. */
  const refundable = new Map<string, number>();

  const refusal = ({ reference, currency, amountMinor }: RefundRequest) => {
    const payment = payments.get(reference);
    if (!payment) return 'unknown-payment';
    if (payment.currency !== currency) return 'wrong-currency';
    return amountMinor > (refundable.get(reference) ?? 0) ? 'above-paid' : undefined;
  };

  return {
    pay(token, checkout, options = {}) {
      const earlier = byToken.get(token);
      if (earlier && !options.forceNew) return { payment: earlier, isNew: false };
      const payment = {
        reference: newId('pay'),
        orderId: checkout.orderId,
        amountMinor: options.amountMinor ?? checkout.amountMinor,
        currency: options.currency ?? checkout.currency,
        paidAtEpochMs: now(),
      };
      payments.set(payment.reference, payment);
      refundable.set(payment.reference, payment.amountMinor);
      byToken.set(token, payment);
      return { payment, isNew: true };
    },
    paymentOf: (token) => byToken.get(token),
    byReference: (reference) => payments.get(reference),
    refund(key, asked) {
      const { reference, amountMinor, currency, reason } = asked;
      const request = JSON.stringify([reference, amountMinor, currency, reason]);
      const earlier = refunds.get(key);
      if (earlier) {
        const isSame = earlier.request === request;
        return isSame ? { kind: 'refunded', refund: earlier.refund } : { kind: 'key-reused' };
      }
      const refused = refusal(asked);
      if (refused) return { kind: refused };
      const at = { refundId: newId('re'), refundedAtEpochMs: now() };
      const { orderId = '' } = payments.get(reference) ?? {};
      const refund = { ...at, reference, orderId, amountMinor, currency, reason };
      refunds.set(key, { request, refund });
      refundable.set(reference, (refundable.get(reference) ?? 0) - amountMinor);
      return { kind: 'refunded', refund };
    },
    statement: (from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) => ({
      payments: [...payments.values()].filter(({ paidAtEpochMs: at }) => at >= from && at < to),
      refunds: [...refunds.values()]
        .map(({ refund }) => refund)
        .filter(({ refundedAtEpochMs: at }) => at >= from && at < to),
    }),
  };
}
