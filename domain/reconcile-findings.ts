/** @module What a reconciliation finds, and the action that follows. `docs/money.md` says what each means. */

import type { RefundReason } from './messages.ts';
import type { EpochMs, Minor } from './units.ts';

/** What follows from each kind of finding. */
const ACTIONS = {
  /** A payment came after its order was released, and bought again. */
  'paid-late': 'none',
  /** A payment went back, as was decided. */
  refunded: 'none',
  /** The same, and we had not noted it: the provider did it, or our function ended before. */
  'refunded-unnoted': 'note',
  /** A payment goes back once an operator agrees. */
  'refund-waiting': 'approve',
  /** A payment is to go back, and has not. */
  'refund-due': 'refund',
  /** We noted a refund that the provider does not state. */
  'refund-missing': 'ask-provider',
  /** Money went back that we did not decide to give back. */
  'refund-unexpected': 'check',
  /** Another amount, or currency, went back than came. */
  'refund-differs': 'ask-provider',
  /** A refund of a payment that is not stated. */
  'refund-without-payment': 'ask-provider',
  /** The order has another amount than the payment that paid it. */
  'amount-differs': 'ask-provider',
  'currency-differs': 'ask-provider',
  /** The order is paid, and its payment is not stated. */
  'payment-missing': 'ask-provider',
  /** One payment is stated twice. */
  'payment-repeated': 'ask-provider',
  /** Two orders name one payment. */
  'payment-shared': 'check',
  /** A payment of an order that is open, or paid by another one, did nothing. */
  'payment-untold': 'tell',
  /** A payment of an order that was released did nothing. */
  'late-untold': 'tell',
  /** A payment of an order that there is not. */
  'paid-without-order': 'tell',
  /** A payment of an order of a sale that there is not. */
  'unknown-sale': 'check',
  /** Quantity, price and amount of a record do not agree, or not with the sale. */
  'record-wrong': 'correct-record',
} as const;

export type FindingKind = keyof typeof ACTIONS;

export type Action = (typeof ACTIONS)[FindingKind];

/** One finding; no personal data. */
export type Finding = {
  readonly kind: FindingKind;
  readonly action: Action;
  readonly orderId?: string;
  readonly payment?: string;
  /** What the provider states; of `record-wrong` what the record says. */
  readonly amount?: Minor;
  readonly currency?: string;
  /** What it should be. */
  readonly expected?: Minor;
  readonly reason?: RefundReason;
  /** When the payment or the refund happened, or the order was made. */
  readonly at: EpochMs;
  /** What came of the action, where the reconciliation took it: it takes `tell`, `refund` and `note`. */
  readonly outcome?: 'paid' | 'refunded' | 'waiting' | 'later' | 'unknown';
};

type Details = Omit<Finding, 'kind' | 'action' | 'outcome'>;

export const finding = (kind: FindingKind, details: Details): Finding => ({
  kind,
  action: ACTIONS[kind],
  ...details,
});

/** Every kind, with its action. */
export const FINDING_ACTIONS: Readonly<Record<FindingKind, Action>> = ACTIONS;

const DONE: ReadonlySet<Finding['outcome']> = new Set(['paid', 'refunded']);

/** Whether somebody has still to do something about it. */
export const needsAction = ({ action, outcome }: Finding): boolean =>
  action !== 'none' && !DONE.has(outcome);

/** What a person has to do about it, after what the reconciliation did itself. */
export const nextAction = ({ action, outcome }: Finding): Action =>
  outcome === 'waiting' ? 'approve' : action;
