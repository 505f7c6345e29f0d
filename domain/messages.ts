/**
 * @module
 * What travels on the orders queue. Each change of a claim is a message, and so is everything else that ends as a
 * domain event. A message may come late, twice, or in another order: it carries what it knows, and the record function
 * reads the claim for the truth.
 */

import type { ItemKey, ReleaseReason } from './items.ts';
import type { Holder } from './order-id.ts';
import type { EpochMs, Minor } from './units.ts';

/** What an order record keeps of a claim; no personal data. */
export type OrderFacts = {
  readonly quantity: number;
  readonly price: Minor;
  readonly amount: Minor;
  readonly currency: string;
  readonly transaction: string;
  readonly claimedAt: EpochMs;
  readonly reservedAt: EpochMs;
  readonly payBy?: EpochMs;
  readonly paidAt?: EpochMs;
  readonly payment?: string;
  readonly releasedAt?: EpochMs;
  readonly reason?: ReleaseReason;
  readonly token?: string;
  readonly checkoutAt?: EpochMs;
};

/** The states of an order that the world gets to see. */
export type OrderState = 'RESERVED' | 'PAID' | 'RELEASED';

/** An order came to a state. */
export type OrderMessage = ItemKey & {
  readonly v: 1;
  readonly kind: 'order';
  readonly holder: Holder;
  readonly state: OrderState;
  readonly facts: OrderFacts;
};

/** Money went back through the provider. */
export type RefundMessage = ItemKey & {
  readonly v: 1;
  readonly kind: 'refund';
  readonly holder: Holder;
  readonly payment: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly reason: RefundReason;
  readonly at: EpochMs;
};

/** Why a payment was given back. */
export type RefundReason = 'late' | 'second-payment' | 'wrong-amount' | 'unknown-order';

/** Something happened to a sale or to one of its items. */
export type SaleMessage = {
  readonly v: 1;
  readonly kind: 'sale';
  readonly what: 'opened' | 'sold-out' | 'restocked' | 'closed';
  readonly saleId: string;
  readonly sku?: string;
  /** Tells one occurrence from the next: the same change always has the same one. */
  readonly occurrence: string;
  readonly at: EpochMs;
  /** Units that came, when restocked. */
  readonly units?: number;
};

export type Message = OrderMessage | RefundMessage | SaleMessage;

/** One range of shards for the sweep to look at. */
export type SweepMessage = ItemKey & {
  readonly v: 1;
  readonly kind: 'sweep';
  readonly block: number;
};
