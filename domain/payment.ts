/**
 * @module
 * Money that came: it pays its order (P1), or buys again where it came too late, or goes back. It is never kept in
 * silence, and one payment never pays two orders, nor pays one and goes back, however often it is delivered.
 *
 * Only an irregular payment has an item of its own. It says what was decided, *pay order X* or *refund*, and moves away
 * from X only when X can never be paid by it again: X is released, or paid by another payment. So two deliveries of one
 * late payment at the same time cannot decide differently.
 */

import { buying } from './buy.ts';
import type { Buy, BuyOutcome } from './buy-state.ts';
import { isSameAttempt, isUnlimited, messageOf } from './claim.ts';
import type { Claim, ItemKey } from './items.ts';
import type { RefundMessage, RefundReason } from './messages.ts';
import { type Holder, orderIdOf } from './order-id.ts';
import { decideOn, type PaymentItem, paymentItemIn, refunded } from './payment-item.ts';
import {
  type Answer,
  type Command,
  end,
  go,
  type Next,
  type Process,
  send,
  write,
} from './process.ts';
import { claimIn } from './release.ts';
import { type Payment, pay } from './steps.ts';
import type { EpochMs } from './units.ts';

/** What is known of a payment and of the sale it is for. */
export type Arrival = {
  readonly item: ItemKey;
  /** The order that it was made for. */
  readonly holder: Holder;
  readonly payment: Payment;
  readonly now: EpochMs;
  /** How to buy again for the same shopper, from the claim that was released; nothing where the sale is over. */
  readonly again: (claim: Claim) => Next<Buy, BuyOutcome> | undefined;
};

type Stage =
  | { readonly at: 'pay'; readonly holder: Holder }
  | { readonly at: 'tell'; readonly claim: Claim }
  | { readonly at: 'again'; readonly buy: Buy }
  | { readonly at: 'decide'; readonly holder: Holder }
  | { readonly at: 'give-up'; readonly reason: RefundReason }
  | { readonly at: 'refund'; readonly reason: RefundReason }
  | { readonly at: 'mark'; readonly reason: RefundReason }
  | { readonly at: 'report'; readonly reason: RefundReason };

type At<K extends Stage['at']> = Extract<Stage, { readonly at: K }> & {
  readonly arrival: Arrival;
  /** The order that this payment can never pay any more. */
  readonly dead: string | undefined;
};

/** A payment in progress. */
export type Paying = { readonly [K in Stage['at']]: At<K> }[Stage['at']];

export type PaymentOutcome =
  | { readonly kind: 'paid'; readonly orderId: string }
  | { readonly kind: 'refunded'; readonly reason: RefundReason }
  /** Something did not answer: the provider sends it again. */
  | { readonly kind: 'later' };

type Step = Next<Paying, PaymentOutcome>;

/** The first step: P1 on the order that the payment was made for. */
export const arrive = (arrival: Arrival): Paying => ({
  arrival,
  dead: undefined,
  at: 'pay',
  holder: arrival.holder,
});

export const paying: Process<Paying, PaymentOutcome> = {
  command: commandOf,
  next: (state, answer) => NEXT[state.at](state as never, answer),
};

function commandOf(state: Paying): Command {
  const { item, payment, now } = state.arrival;
  switch (state.at) {
    case 'pay':
      return write(pay(item, state.holder, payment, now));
    case 'tell':
      return send(messageOf(item, state.claim, 'PAID'));
    case 'again':
      return buying.command(state.buy);
    case 'decide': {
      const order = orderIdOf({ ...item, holder: state.holder });
      return write(decideOn(payment, { decision: 'pay', order }, state.dead, now));
    }
    case 'give-up':
      return write(
        decideOn(payment, { decision: 'refund', reason: state.reason }, state.dead, now),
      );
    case 'refund':
      return { kind: 'refund', refund: refundOf(payment, state.reason) };
    case 'mark':
      return write(refunded(payment, now));
    case 'report':
      return send(refundMessage(state.arrival, state.reason));
  }
}

const NEXT: { readonly [K in Stage['at']]: (state: At<K>, answer: Answer) => Step } = {
  pay: (state, answer) => {
    const claim = claimIn(answer);
    if (claim && answer.kind === 'done') return go({ ...state, at: 'tell', claim });
    return notPaid(state, claim);
  },

  tell: ({ arrival, claim }, answer) => {
    // Whether or not it was sent, the sweep sends it again; but no sweep sees an order of unlimited stock.
    if (answer.kind !== 'sent' && isUnlimited(claim)) return end({ kind: 'later' });
    return end({ kind: 'paid', orderId: orderIdOf({ ...arrival.item, holder: claim.holder }) });
  },

  again: (state, answer) => {
    const next = buying.next(state.buy, answer);
    return 'go' in next ? go({ ...state, buy: next.go }) : bought(state, next.end);
  },

  decide: (state, answer) => {
    if (answer.kind === 'done') return go({ ...state, at: 'pay', holder: state.holder });
    return decided(state, paymentItemIn(answer));
  },

  'give-up': (state, answer) => {
    const item = paymentItemIn(answer);
    if (item?.refundedAt !== undefined) return end({ kind: 'refunded', reason: state.reason });
    return answer.kind === 'done' ? go({ ...state, at: 'refund' }) : decided(state, item);
  },

  refund: (state, answer) =>
    answer.kind === 'sent' ? go({ ...state, at: 'report' }) : end({ kind: 'later' }),

  report: (state, answer) =>
    answer.kind === 'sent' ? go({ ...state, at: 'mark' }) : end({ kind: 'later' }),

  mark: ({ reason }) => end({ kind: 'refunded', reason }),
};

/** P1 was refused: it is paid already, or this order can never be paid by this payment. */
function notPaid(state: At<'pay'>, claim: Claim | undefined): Step {
  const { arrival, holder } = state;
  const dead = orderIdOf({ ...arrival.item, holder });
  const giveUp = (reason: RefundReason): Step => go({ arrival, dead, at: 'give-up', reason });
  if (claim === undefined) return giveUp('unknown-order');
  if (claim.state === 'PAID' && claim.payment === arrival.payment.reference) {
    return go({ ...state, at: 'tell', claim });
  }
  if (!isSameAttempt(claim, holder)) return tooLate({ arrival, dead }, claim);
  switch (claim.state) {
    case 'PENDING':
      // Checkout needs a confirmed order, so that this one is being confirmed at this very moment.
      return end({ kind: 'later' });
    case 'PAID':
      return giveUp('second-payment');
    case 'RESERVED':
      return giveUp('wrong-amount');
    case 'RELEASING':
    case 'RELEASED':
      return tooLate({ arrival, dead }, claim);
  }
}

/** The order is released: the payment buys again, by the same steps as a shopper. */
function tooLate({ arrival, dead }: Bound, claim: Claim): Step {
  const next = arrival.again(claim);
  if (next === undefined) return go({ arrival, dead, at: 'give-up', reason: 'late' });
  if ('go' in next) return go({ arrival, dead, at: 'again', buy: next.go });
  return bought({ arrival, dead }, next.end);
}

type Bound = { readonly arrival: Arrival; readonly dead: string | undefined };

function bought({ arrival, dead }: Bound, outcome: BuyOutcome): Step {
  if (outcome.kind === 'busy') return end({ kind: 'later' });
  if (outcome.kind !== 'order') return go({ arrival, dead, at: 'give-up', reason: 'late' });
  const { claim } = outcome;
  if (claim.payment === arrival.payment.reference) return go({ arrival, dead, at: 'tell', claim });
  const { amount, currency } = arrival.payment;
  const fits = claim.state === 'RESERVED' && claim.amount === amount && claim.currency === currency;
  return go(
    fits
      ? { arrival, dead, at: 'decide', holder: claim.holder }
      : { arrival, dead, at: 'give-up', reason: 'late' },
  );
}

/** Another delivery of the same payment decided first: this one carries out what it decided. */
function decided({ arrival, dead }: Bound, item: PaymentItem | undefined): Step {
  if (item === undefined) return end({ kind: 'later' });
  if (item.decision === 'pay') {
    // Decided under another order id: this delivery can neither carry it out nor decide anew.
    const isDead = orderIdOf({ ...arrival.item, holder: item.holder }) === dead;
    return isDead ? end({ kind: 'later' }) : go({ arrival, dead, at: 'pay', holder: item.holder });
  }
  if (item.refundedAt !== undefined) return end({ kind: 'refunded', reason: item.reason });
  return go({ arrival, dead, at: 'refund', reason: item.reason });
}

const refundOf = ({ reference, amount, currency }: Payment, reason: RefundReason) => ({
  payment: reference,
  amount,
  currency,
  reason,
});

const refundMessage = (
  { item, holder, payment, now }: Arrival,
  reason: RefundReason,
): RefundMessage => ({
  v: 1,
  kind: 'refund',
  saleId: item.saleId,
  sku: item.sku,
  holder,
  ...refundOf(payment, reason),
  at: now,
});
