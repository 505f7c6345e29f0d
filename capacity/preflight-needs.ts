/** @module What sales that let shoppers through at the same instant need of an account together, at their worst second. */

import type { Sale } from '../domain/sale.ts';
import { demandOf } from './demand.ts';
import { USUAL } from './habits.ts';
import type { LimitName, Limits } from './limits.ts';
import { planOf } from './plan.ts';

/** By limit, in its unit. What is in no need of a limit is 0 of it. */
export type Needs = Readonly<Record<LimitName, number>>;

/** Sweeps of all sales fall into the same second of a minute, at worst, and one of them opens or closes then. */
const SCHEDULES_BESIDES = 1;

/**
 * Adds up what sales need.
 *
 * @param shoppers how many come to the first of them, where that is known better than its file says
 */
export function needsOf(sales: readonly Sale[], limits: Limits, shoppers?: number): Needs {
  const each = sales.map((sale, index) =>
    demandBy(planOf(sale, (index === 0 ? shoppers : undefined) ?? crowdOf(sale)), limits),
  );
  const names = Object.keys(limits) as LimitName[];
  const sums = names.map((name) => [name, sum(each.map((needs) => needs[name] ?? 0))] as const);
  return {
    ...(Object.fromEntries(sums) as Record<LimitName, number>),
    concurrency: concurrencyOf(each),
    schedulesRun: sales.length + SCHEDULES_BESIDES,
  };
}

type ByLimit = Partial<Readonly<Record<LimitName, number>>>;

const demandBy = (plan: ReturnType<typeof planOf>, limits: Limits): ByLimit =>
  Object.fromEntries(demandOf(plan, limits, USUAL).needs.map(({ limit, need }) => [limit, need]));

/** A sale that expects nobody spreads nobody: its rate is taken for what comes in its first second. */
const crowdOf = ({ admission: { expectedShoppers, perSecond } }: Sale): number =>
  expectedShoppers > 0 ? expectedShoppers : perSecond / USUAL.present;

/** What is added to the environments of buys is there once, however many sales there are. */
function concurrencyOf(each: readonly ByLimit[]): number {
  const buys = (needs: ByLimit) => needs.buyEnvironments ?? 0;
  const besides = each.map((needs) => (needs.concurrency ?? 0) - buys(needs));
  return sum(each.map(buys)) + Math.max(...besides);
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
