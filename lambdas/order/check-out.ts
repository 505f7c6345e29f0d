/** @module The way to the payment provider: signed, noted on the claim, and over before the order is. */

import { checkoutLink } from '../../adapters/payment-provider.ts';
import type { OwnOrder } from '../../domain/order.ts';
import type { Store } from '../../domain/ports.ts';
import { itemOf } from '../../domain/sale.ts';
import { checkOut } from '../../domain/steps.ts';
import type { EpochMs } from '../../domain/units.ts';

/** The provider's page closes that long before payBy, so that a payment in its last second is still in time. */
const BEFORE_PAY_BY_MS = 5000;

/** Where the money goes, and where the shopper comes back to. */
type Place = { readonly provider: string; readonly key: string; readonly site: string };

/** @returns the provider's page for an order, or nothing where it cannot be paid any more */
export async function checkOutOrder(
  store: Store,
  { claim, parts, sale, view }: OwnOrder,
  { provider, key, site }: Place,
  now: EpochMs,
): Promise<string | undefined> {
  const expires = (claim?.payBy ?? 0) - BEFORE_PAY_BY_MS;
  if (claim === undefined || view.status !== 'RESERVED' || now >= expires) return undefined;
  const { redirectUrl, tokenHash } = checkoutLink(provider, key, {
    orderId: view.orderId,
    amountMinor: view.amountMinor,
    currency: view.currency,
    title: `${sale.title}: ${itemOf(sale, parts.sku)?.name ?? parts.sku}`,
    returnUrl: `${site}/sales/${sale.id}/?order=${view.orderId}`,
    expiresEpochMs: expires,
  });
  const noted = await store.write(checkOut(parts, claim, tokenHash, now));
  return noted.kind === 'done' ? redirectUrl : undefined;
}
