/** @module A payment that the provider tells of: to its order, to another one, or back. */

import { buy } from './buy.ts';
import { findSale } from './catalogue.ts';
import { traceOf } from './claim.ts';
import type { Claim, Status } from './items.ts';
import { type OrderParts, orderOf, partsOf } from './order-id.ts';
import { arrive, type PaymentOutcome, paying } from './payment.ts';
import { run, type World } from './process.ts';
import { askOf } from './purchase.ts';
import { itemOf, type PublishedSale } from './sale.ts';
import { readStatus } from './status.ts';
import type { Payment } from './steps.ts';
import { lateUntil } from './sweep-sale.ts';
import type { EpochMs } from './units.ts';

/** The order that a payment is for when its own id names none: it pays nothing, and the money goes back. */
const NO_ORDER: OrderParts = { saleId: '-', sku: '-', holder: 'A'.repeat(24) };

/** Takes a payment. However often it comes, it pays one order or goes back once. */
export async function takePayment(
  world: World,
  orderId: string,
  payment: Payment,
  now: EpochMs,
): Promise<PaymentOutcome> {
  const parts = orderOf(orderId) ?? NO_ORDER;
  const item = { saleId: parts.saleId, sku: parts.sku };
  const sale = await findSale(world.store, parts.saleId);
  const status = await readStatus(world.store, item);
  const again = (claim: Claim) =>
    sale && status && now < lateUntil(sale)
      ? rebuy(sale, parts, status, claim, payment, now)
      : undefined;
  const needsApproval = sale?.refunds === 'approval';
  const arrival = { item, holder: parts.holder, payment, now, needsApproval, again };
  return run(paying, arrive(arrival), world);
}

/** Buys again for the shopper of a claim, whatever the doors say: the money is there. */
export function rebuy(
  sale: PublishedSale,
  { sku, holder }: OrderParts,
  status: Status,
  claim: Claim,
  payment: Payment,
  now: EpochMs,
) {
  const item = itemOf(sale, sku);
  const { buyerKey, quantity } = partsOf(holder) ?? {};
  if (item === undefined || buyerKey === undefined || quantity === undefined) return undefined;
  const offer = { sale, item, status, empty: new Set<number>() };
  const { shopper, transaction } = claim;
  const buyer = { buyerKey, shopper, transaction, trace: traceOf(claim) };
  const ask = askOf(offer, buyer, quantity, now);
  return buy({ ...ask, payment: payment.reference });
}
