/**
 * @module
 * Money goes back, once it was decided and, where the sale asks for it, approved. The provider is asked first, by
 * reference, which makes it idempotent; then it is told, then marked as done, then struck off the list of those that
 * wait. A crash anywhere repeats from the beginning and leaves nothing out.
 */

import type { ItemKey } from './items.ts';
import type { RefundMessage, RefundReason } from './messages.ts';
import type { Holder } from './order-id.ts';
import { refunded } from './payment-item.ts';
import {
  type Answer,
  type Command,
  end,
  go,
  type Next,
  type Process,
  type Refund,
  send,
  write,
} from './process.ts';
import { strikeRefund } from './refund-list.ts';
import type { EpochMs } from './units.ts';

/** What goes back, and of which order it was the money. */
export type Money = ItemKey & {
  readonly holder: Holder;
  readonly refund: Refund;
  readonly now: EpochMs;
  /** Whether the sale's list has it. */
  readonly listed: boolean;
};

/** Money on its way back. */
export type Refunding = Money & { readonly at: 'refund' | 'report' | 'mark' | 'strike' };

export type RefundOutcome =
  | { readonly kind: 'refunded'; readonly reason: RefundReason }
  /** Something did not answer: it is to be repeated. */
  | { readonly kind: 'later' };

/** The first step: the provider is asked. */
export const askProvider = (money: Money): Refunding => ({ ...money, at: 'refund' });

/** The first step where the provider is known to have done it: it is told and marked. */
export const tellOfIt = (money: Money): Refunding => ({ ...money, at: 'report' });

/** The last step, where it is marked as done already. */
export const strikeOff = (money: Money): Refunding => ({ ...money, at: 'strike' });

export const refunding: Process<Refunding, RefundOutcome> = {
  command(state): Command {
    const { saleId, refund, now } = state;
    switch (state.at) {
      case 'refund':
        return { kind: 'refund', refund };
      case 'report':
        return send(refundMessage(state));
      case 'mark':
        return write(refunded(refund.payment, now));
      case 'strike':
        return write(strikeRefund(saleId, refund.payment, now));
    }
  },

  next(state, answer): Next<Refunding, RefundOutcome> {
    const done = end({ kind: 'refunded' as const, reason: state.refund.reason });
    switch (state.at) {
      case 'refund':
        return ifSent(answer, { ...state, at: 'report' });
      case 'report':
        return ifSent(answer, { ...state, at: 'mark' });
      case 'mark':
        return state.listed ? go({ ...state, at: 'strike' }) : done;
      case 'strike':
        return done;
    }
  },
};

const ifSent = (answer: Answer, then: Refunding): Next<Refunding, RefundOutcome> =>
  answer.kind === 'sent' ? go(then) : end({ kind: 'later' });

const refundMessage = ({ saleId, sku, holder, refund, now }: Money): RefundMessage => ({
  v: 1,
  kind: 'refund',
  saleId,
  sku,
  holder,
  ...refund,
  at: now,
});
