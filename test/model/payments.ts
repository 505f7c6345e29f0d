/** @module Payments of the model: what comes in is known by its reference alone, however often it is told. */

import { type Holder, orderIdOf, partsOf } from '../../domain/order-id.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import type { Payment } from '../../domain/steps.ts';
import { NOW } from './configuration.ts';
import { shortOf } from './names.ts';

/** Which payment of an order: the first, another one, one that is too small, one in another currency. */
export const PAYMENTS = { first: '/1', second: '/2', less: '/less', foreign: '/usd' } as const;

/** Never may an order be paid by one of these. */
const WRONG: readonly string[] = [PAYMENTS.less, PAYMENTS.foreign];

const HOLDER_LENGTH = 24;

const holderIn = (reference: string): Holder => reference.slice(0, HOLDER_LENGTH);
const kindIn = (reference: string): string => reference.slice(HOLDER_LENGTH);

export const isWrong = (reference: string): boolean => WRONG.includes(kindIn(reference));

/** The order that a payment was made for, and the payment. */
export function paymentOf({ id, items: [item], currency }: PublishedSale, reference: string) {
  const holder = holderIn(reference);
  const due = (item?.price ?? 0) * (partsOf(holder)?.quantity ?? 0);
  const kind = kindIn(reference);
  const payment: Payment = {
    reference,
    amount: kind === PAYMENTS.less ? due - 1 : due,
    currency: kind === PAYMENTS.foreign ? 'USD' : currency,
    paidAt: NOW,
  };
  const orderId = orderIdOf({ saleId: id, sku: item?.sku ?? '', holder });
  return { holder, orderId, payment };
}

/** A reference as people read it. */
export const shortReference = (reference: string): string =>
  `${shortOf(holderIn(reference))}${kindIn(reference)}`;
