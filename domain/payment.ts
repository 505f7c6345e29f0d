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
import type { RefundReason } from './messages.ts';
import { type Holder, orderIdOf } from './order-id.ts';
import { decideOn, type PaymentItem, paymentItemIn, type RefundItem } from './payment-item.ts';
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
import { listRefund } from './refund-list.ts';
import { askProvider, type Refunding, refunding } from './refunding.ts';
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
  /** Whether an operator must agree before the money goes back. */
  readonly needsApproval: boolean;
  /** How to buy again for the same shopper, from the claim that was released; nothing where the sale is over. */
  readonly again: (claim: Claim) => Next<Buy, BuyOutcome> | undefined;
};

type Stage =
  | { readonly at: 'pay'; readonly holder: Holder }
  | { readonly at: 'tell'; readonly claim: Claim }
  | { readonly at: 'again'; readonly buy: Buy }
  | { readonly at: 'decide'; readonly holder: Holder }
  | { readonly at: 'give-up'; readonly reason: RefundReason }
  | { readonly at: 'list'; readonly reason: RefundReason }
  | { readonly at: 'back'; readonly back: Refunding };

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
  /** It goes back once an operator agrees. */
  | { readonly kind: 'waiting'; readonly reason: RefundReason }
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
  const madeFor = orderIdOf({ ...item, holder: state.arrival.holder });
  switch (state.at) {
    case 'pay':
      return write(pay(item, state.holder, payment, now));
    case 'tell':
      return send(messageOf(item, state.claim, 'PAID'));
    case 'again':
      return buying.command(state.buy);
    case 'decide': {
      const order = orderIdOf({ ...item, holder: state.holder });
      return write(decideOn(payment, madeFor, { decision: 'pay', order }, state.dead, now));
    }
    case 'give-up':
      return write(
        decideOn(payment, madeFor, { decision: 'refund', reason: state.reason }, state.dead, now),
      );
    case 'list':
      return write(listRefund(item.saleId, entryOf(state.arrival, state.reason)));
    case 'back':
      return refunding.command(state.back);
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

  'give-up': (state, answer) => decided(state, paymentItemIn(answer)),

  // Only now may the provider be told that all is well: what is not listed is seen by nobody.
  list: ({ reason }) => end({ kind: 'waiting', reason }),

  back: (state, answer) => {
    const next = refunding.next(state.back, answer);
    return 'go' in next ? go({ ...state, back: next.go }) : next;
  },
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

/** Carries out what is decided, by this delivery or by another of the same payment that came first. */
function decided({ arrival, dead }: Bound, item: PaymentItem | undefined): Step {
  if (item === undefined) return end({ kind: 'later' });
  if (item.decision === 'pay') {
    // Decided under another order id: this delivery can neither carry it out nor decide anew.
    const isDead = orderIdOf({ ...arrival.item, holder: item.holder }) === dead;
    return isDead ? end({ kind: 'later' }) : go({ arrival, dead, at: 'pay', holder: item.holder });
  }
  return goingBack({ arrival, dead }, item);
}

function goingBack({ arrival, dead }: Bound, { reason, ...item }: RefundItem): Step {
  if (item.refundedAt !== undefined) return end({ kind: 'refunded', reason });
  const { needsApproval, now, holder, payment } = arrival;
  if (needsApproval && item.approvedAt === undefined)
    return go({ arrival, dead, at: 'list', reason });
  const { reference, amount, currency } = payment;
  const refund = { payment: reference, amount, currency, reason };
  const money = { ...arrival.item, holder, refund, now, listed: needsApproval };
  return go({ arrival, dead, at: 'back', back: askProvider(money) });
}

const entryOf = ({ item, holder, payment, now }: Arrival, reason: RefundReason) => ({
  reference: payment.reference,
  orderId: orderIdOf({ ...item, holder }),
  reason,
  amount: payment.amount,
  currency: payment.currency,
  paidAt: payment.paidAt,
  askedAt: now,
});
