/**
 * @module
 * Forgets a shopper: their id, contact and traces are erased from all claims. Order records, statements and reports never
 * had them (decision 0006); the books stay, under a pseudonym. Claims are found by buyer key, without a scan.
 */

import { type Claim, claimKey, type ItemKey } from './items.ts';
import { orderIdOf } from './order-id.ts';
import type { BuyerKeys, Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { claimKeyOf, GRACE_MS } from './steps.ts';
import type { EpochMs } from './units.ts';
import { type Attributes, all, any, equals, set, type Update, unset } from './write.ts';

/** What stands in a claim in place of a shopper's id. */
export const FORGOTTEN = 'forgotten';

/** An order that still needs its shopper, until when at most. */
export type OpenOrder = { readonly orderId: string; readonly until: EpochMs };

export type ForgetOutcome = {
  /** `open`: some orders are still open, and keep their shopper until they are decided. */
  readonly kind: 'forgotten' | 'open';
  /** Claims that were erased now. */
  readonly erased: number;
  readonly open: readonly OpenOrder[];
};

export type ForgetWorld = { readonly store: Store; readonly buyerKeys: BuyerKeys };

/** A sweep comes each minute. */
const SWEEP_MS = 60_000;

/**
 * Erases what can be erased. Safe to repeat, and to be repeated while orders are open: a claim is erased by one write, if
 * its order is decided.
 */
export async function forget(
  { store, buyerKeys }: ForgetWorld,
  sales: readonly PublishedSale[],
  shopper: string,
  now: EpochMs,
): Promise<ForgetOutcome> {
  let erased = 0;
  const open: OpenOrder[] = [];
  for (const [sale, { sku, limit }] of sales.flatMap(pairs)) {
    const item = { saleId: sale.id, sku };
    const buyerKey = buyerKeys.of(sale, shopper, sku);
    // An order has a unit at least: nobody has more orders than the limit.
    const keys = Array.from({ length: limit }, (_, n) => claimKey(item, buyerKey, n));
    for (const claim of known(await store.read(keys))) {
      const written = await store.write(erase(item, claim));
      if (written.kind === 'done') erased++;
      else open.push({ orderId: orderIdOf({ ...item, ...claim }), until: untilOf(claim, now) });
    }
  }
  return { kind: open.length === 0 ? 'forgotten' : 'open', erased, open };
}

const pairs = (sale: PublishedSale) => sale.items.map((item) => [sale, item] as const);

const known = (found: readonly (Attributes | undefined)[]): readonly Claim[] =>
  (found as unknown as readonly (Claim | undefined)[]).flatMap((claim) =>
    claim === undefined || claim.shopper === FORGOTTEN ? [] : [claim],
  );

/** Paid and released orders need nobody: a payment that comes late buys by the buyer key. */
const erase = (item: ItemKey, { holder }: Claim): Update => ({
  item: claimKeyOf(item, holder),
  when: all(equals('holder', holder), any(equals('state', 'PAID'), equals('state', 'RELEASED'))),
  change: [
    set('shopper', FORGOTTEN),
    ...['contact', 'network', 'device', 'ja4', 'agent', 'country'].map((attr) => unset(attr)),
  ],
});

/** When an open order is decided at the latest: by its payment, or by the sweep after its deadline. */
const untilOf = ({ payBy, leaseAt }: Claim, now: EpochMs): EpochMs =>
  Math.max(now, payBy === undefined ? leaseAt : payBy + GRACE_MS) + SWEEP_MS;
