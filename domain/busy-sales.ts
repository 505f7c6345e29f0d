/** @module Which sales a deployment would disturb: those that are open or soon will be, and those with open orders. */

import { inParallel } from './parallel.ts';
import type { Store } from './ports.ts';
import type { PublishedSale } from './sale.ts';
import { readStatus } from './status.ts';
import { QUIET_SWEEPS } from './sweep-sale.ts';
import type { EpochMs } from './units.ts';

/** A sale is left alone so long before it opens: a canary and its rollback take half of it. */
export const QUIET_MINUTES = 60;

/** Status items read at once. */
const AT_ONCE = 16;

export type BusySale = {
  readonly saleId: string;
  readonly why: 'open' | 'opens-soon' | 'open-orders';
  /** When it closes, opens, or has closed. */
  readonly at: EpochMs;
};

/** Those of some sales that are busy now, in their order. */
export async function busySales(
  store: Store,
  sales: readonly PublishedSale[],
  now: EpochMs,
): Promise<readonly BusySale[]> {
  const busy = new Map<string, BusySale>();
  await inParallel(AT_ONCE, sales, async (sale) => {
    const found = byClock(sale, now) ?? (await byOrders(store, sale, now));
    if (found) busy.set(sale.id, found);
  });
  return sales.flatMap(({ id }) => busy.get(id) ?? []);
}

function byClock({ id: saleId, opensAt, closesAt }: PublishedSale, now: EpochMs) {
  if (now >= closesAt) return undefined;
  if (now >= opensAt) return { saleId, why: 'open', at: closesAt } as const;
  const isSoon = opensAt - now <= QUIET_MINUTES * 60_000;
  return isSoon ? ({ saleId, why: 'opens-soon', at: opensAt } as const) : undefined;
}

/** Sweeping ends once nothing is open, and says so. What was closed before it opened never had an order. */
async function byOrders(store: Store, sale: PublishedSale, now: EpochMs) {
  const { id: saleId, opensAt, closesAt, items } = sale;
  if (now < closesAt || closesAt <= opensAt) return undefined;
  const status = await readStatus(store, { saleId, sku: items[0]?.sku ?? '' });
  if (status === undefined || (status.quiet ?? 0) >= QUIET_SWEEPS) return undefined;
  return { saleId, why: 'open-orders', at: closesAt } as const;
}
