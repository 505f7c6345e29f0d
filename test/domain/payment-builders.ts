/** @module Payments for tests, and orders that came to where payments are too late. */

import type { World } from '../../domain/process.ts';
import type { Payment } from '../../domain/steps.ts';
import { takePayment } from '../../domain/take-payment.ts';
import type { Attributes } from '../../domain/write.ts';
import type { Shop } from '../support/shop.ts';

export const PRICE = 1999;

/** Past payBy and the minute of grace, counted from the order. */
export const OVERDUE_MS = 960_001;

/** Where a payment is taken, and when. */
type Till = { readonly world: World; readonly clock: { readonly now: number } };

/** Takes a payment that is right but for what a test is about. */
export const take = (shop: Till, orderId: string, changes: Partial<Payment> = {}) =>
  takePayment(
    shop.world,
    orderId,
    { reference: 'pay_1', amount: PRICE, currency: 'EUR', paidAt: shop.clock.now, ...changes },
    shop.clock.now,
  );

/** An order that was not paid in time, its unit on sale again. */
export async function expired(shop: Shop, name = 'ada'): Promise<string> {
  const orderId = await shop.order(name);
  shop.clock.now += OVERDUE_MS;
  await shop.sweep();
  if ((await shop.claim(name))?.state !== 'RELEASED') throw new Error(`${name} is not released`);
  return orderId;
}

/** What was decided about a payment. */
export const decisionOn = async (shop: Shop, reference: string): Promise<Attributes | undefined> =>
  (await shop.store.read([{ table: 'orders', pk: `PAYMENT#${reference}`, sk: '-' }]))[0];
