/** @module Names of holders and of what stands beside the tables, as people read them. */

import { type Holder, partsOf } from '../../domain/order-id.ts';
import { buyerKeyOf } from '../support/shop.ts';
import { SHOPPERS } from './configuration.ts';

/** Orders that a buy has answered. */
export const ACKNOWLEDGED = 'acknowledged';

/** Payments that the provider has told of. */
export const PAID_IN = 'paid-in';

/** Orders whose shopper wanted them cancelled. */
export const CANCEL_ASKED = 'cancel-asked';

/** Payments that the shop has said 2xx to: the provider tells of them no more. */
export const HEARD = 'heard';

/** Messages that the orders queue has ever taken. */
export const QUEUE = 'queue';

/** Messages that were taken, and are gone: none of them need come again. */
export const DELIVERED = 'delivered';

/** Payments that went back. */
export const REFUNDS = 'refunds';

/** A holder as people read it: who, how many orders before, which attempt. */
export function shortOf(holder: Holder): string {
  const parts = partsOf(holder);
  if (parts === undefined) return holder;
  const name = SHOPPERS.find((one) => buyerKeyOf(one) === parts.buyerKey) ?? parts.buyerKey;
  return `${name}.${parts.n}.${parts.attempt}`;
}
