/**
 * @module
 * Reconciling one sale or, at night, all that are not long over: a report, then events. One that fails does not stop the
 * others.
 */

import { findSale } from './catalogue.ts';
import type { Clock, EventBus, Reports } from './ports.ts';
import { type ReconcileWorld, reconcile, reconcileStrays } from './reconcile.ts';
import { reconciliationEvents } from './reconcile-events.ts';
import type { Reconciliation } from './reconciliation.ts';
import { returnUnsold } from './return-unsold.ts';
import type { PublishedSale } from './sale.ts';
import { lateUntil } from './sweep-sale.ts';
import { after, type EpochMs, type Seconds } from './units.ts';

/** For that long after its last payment a sale is reconciled each night: a week of refunds by hand and late statements. */
const RECENT_SECONDS: Seconds = 7 * 24 * 3600;

export type NightWorld = ReconcileWorld & {
  readonly reports: Reports;
  readonly bus: EventBus;
  readonly clock: Clock;
};

/** A report, and where it is kept. */
export type Filed = { readonly report: Reconciliation; readonly place: string };

/** Reconciles a sale. @returns nothing where there is none */
export async function reconcileOne(world: NightWorld, saleId: string): Promise<Filed | undefined> {
  const sale = await findSale(world.store, saleId);
  return sale && one(world, sale);
}

/** Last of all, units that were not sold go back to their products, if the sale is over by then. */
async function one(world: NightWorld, sale: PublishedSale): Promise<Filed> {
  const now = world.clock();
  const filed = await file(world, await reconcile(world, sale, now));
  await returnUnsold(world.store, sale.id, now);
  return filed;
}

export type Night = {
  readonly filed: readonly Filed[];
  readonly failed: readonly { readonly saleId: string; readonly why: Error }[];
};

/** Reconciles every sale that is open, or was within the last days; then what belongs to no sale. */
export async function reconcileNight(
  world: NightWorld,
  sales: readonly PublishedSale[],
): Promise<Night> {
  const known = new Set(sales.map(({ id }) => id));
  const isKnown = (saleId: string) => known.has(saleId);
  const begun = world.clock();
  const days = { from: after(begun, -RECENT_SECONDS), until: begun };
  const tasks = [
    ...sales
      .filter((sale) => isRecent(sale, begun))
      .map((sale) => ({ id: sale.id, run: () => one(world, sale) })),
    {
      id: '-',
      run: async () => file(world, await reconcileStrays(world.statement, isKnown, days)),
    },
  ];
  const filed: Filed[] = [];
  const failed: { saleId: string; why: Error }[] = [];
  for (const { id: saleId, run } of tasks) {
    try {
      filed.push(await run());
    } catch (error) {
      failed.push({ saleId, why: error as Error });
    }
  }
  return { filed, failed };
}

const isRecent = (sale: PublishedSale, now: EpochMs): boolean =>
  sale.opensAt <= now && now <= after(lateUntil(sale), RECENT_SECONDS);

/** The report first: an event says where it is. */
async function file({ reports, bus }: NightWorld, report: Reconciliation): Promise<Filed> {
  const place = await reports.put(report);
  await bus.publish(reconciliationEvents(report, place));
  return { report, place };
}
