/**
 * @module
 * Domain events: what the rest of a company hears of a sale. At least once, with an id that is the same each time.
 * Their forms are in `docs/events/`.
 */

import type { ItemKey } from './items.ts';
import type { OrderFacts, OrderState, RefundMessage, SaleMessage } from './messages.ts';
import { type Holder, orderIdOf, partsOf } from './order-id.ts';

/** One event as the bus carries it. */
export type DomainEvent = {
  /** Such as `order.reserved.v1`. */
  readonly type: string;
  readonly detail: { readonly id: string; readonly at: number; readonly saleId: string } & Readonly<
    Record<string, string | number>
  >;
};

/** An order came to a state. */
export function orderEvent(
  item: ItemKey,
  holder: Holder,
  state: OrderState,
  facts: OrderFacts,
): DomainEvent {
  const orderId = orderIdOf({ ...item, holder });
  return {
    type: `order.${state.toLowerCase()}.v1`,
    detail: {
      id: `${orderId}/${state}`,
      at: instantOf(state, facts),
      saleId: item.saleId,
      sku: item.sku,
      orderId,
      quantity: facts.quantity,
      amountMinor: facts.amount,
      currency: facts.currency,
      buyerKey: partsOf(holder)?.buyerKey ?? '',
      transactionId: facts.transaction,
      ...particulars(state, facts),
    },
  };
}

const instantOf = (state: OrderState, facts: OrderFacts): number =>
  (state === 'PAID' && facts.paidAt) ||
  (state === 'RELEASED' && facts.releasedAt) ||
  facts.reservedAt;

function particulars(state: OrderState, facts: OrderFacts): Record<string, string | number> {
  switch (state) {
    case 'RESERVED':
      return facts.payBy === undefined ? {} : { payByEpochMs: facts.payBy };
    case 'PAID':
      return { paidAtEpochMs: facts.paidAt ?? facts.reservedAt, payment: facts.payment ?? '' };
    case 'RELEASED':
      return { reason: facts.reason ?? 'expired' };
  }
}

/** Money went back. */
export const refundEvent = (refund: RefundMessage): DomainEvent => ({
  type: 'payment.refunded.v1',
  detail: {
    id: `${refund.payment}/refunded`,
    at: refund.at,
    saleId: refund.saleId,
    sku: refund.sku,
    orderId: orderIdOf(refund),
    payment: refund.payment,
    amountMinor: refund.amount,
    currency: refund.currency,
    reason: refund.reason,
  },
});

/** Something happened to a sale. */
export const saleEvent = (message: SaleMessage): DomainEvent => ({
  type: `sale.${message.what}.v1`,
  detail: {
    id: `${message.saleId}/${message.what}/${message.sku ?? '-'}/${message.occurrence}`,
    at: message.at,
    saleId: message.saleId,
    ...(message.sku === undefined ? {} : { sku: message.sku }),
    ...(message.units === undefined ? {} : { units: message.units }),
  },
});
