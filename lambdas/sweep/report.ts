/** @module What a sweep found, as metrics: alarms and the dashboard read them. */

import { emit } from '../../adapters/metrics.ts';
import type { Swept } from '../../domain/sweep.ts';
import type { ItemReport } from '../../domain/sweep-sale.ts';
import type { EpochMs } from '../../domain/units.ts';

/** The state of an item, once a minute, and what was done to its first block of shards. */
export function reportItem(saleId: string, report: ItemReport, now: EpochMs): void {
  const { sku, cap, forSale, held, sold, open, drift, oversold, lag, swept } = report;
  const state = { Units: cap, ForSale: forSale, Held: held, Sold: sold, OpenOrders: open };
  const health = { ShardDrift: drift, Oversold: oversold, Sweeps: 1, SweepLagSeconds: lag };
  emit({ Sale: saleId, Sku: sku }, { ...state, ...health, ...(swept && countsOf(swept)) }, now);
}

/** What was done to the holders of another block. */
export function reportSwept(saleId: string, sku: string, swept: Swept, now: EpochMs): void {
  emit({ Sale: saleId, Sku: sku }, countsOf(swept), now);
}

const countsOf = ({ did }: Swept) => ({
  DeadHoldsReturned: did.return,
  ReleasesFinished: did.finish,
  AttemptsLapsed: did.lapse,
  OrdersExpired: did.expire,
  MessagesSentAgain: did.resend,
  OrdersSettled: did.settle,
  ClaimsMissing: did.alarm,
});
