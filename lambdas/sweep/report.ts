/** @module What a sweep found, as metrics: alarms and the dashboard read them. */

import { emit } from '../../adapters/metrics.ts';
import type { Swept } from '../../domain/sweep.ts';
import type { ItemReport } from '../../domain/sweep-sale.ts';
import type { EpochMs } from '../../domain/units.ts';

/** The state of an item, once a minute. */
export function reportItem(saleId: string, report: ItemReport, now: EpochMs): void {
  const { sku, cap, forSale, held, sold, open, drift, swept } = report;
  const state = { Units: cap, ForSale: forSale, Held: held, Sold: sold, OpenOrders: open };
  emit({ Sale: saleId, Sku: sku }, { ...state, ShardDrift: drift }, now);
  if (swept) reportSwept(saleId, sku, swept, now);
}

/** What was done to holders. */
export function reportSwept(saleId: string, sku: string, { did }: Swept, now: EpochMs): void {
  const counts = {
    DeadHoldsReturned: did.return,
    ReleasesFinished: did.finish,
    AttemptsLapsed: did.lapse,
    OrdersExpired: did.expire,
    MessagesSentAgain: did.resend,
    OrdersSettled: did.settle,
    ClaimsMissing: did.alarm,
  };
  emit({ Sale: saleId, Sku: sku }, counts, now);
}
