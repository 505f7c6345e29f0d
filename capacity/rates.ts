/** @module The largest rate at which shoppers can be let in: by the account as it is, by one cut otherwise, by any account. */

import { demandOf, roundUp } from './demand.ts';
import type { Habits } from './habits.ts';
import type { LimitName, Limits } from './limits.ts';
import type { Plan } from './plan.ts';

/**
 * Limits that a rate must keep within and that nobody can raise: every environment reads the sale, one item, each second.
 */
const FIXED = new Set<LimitName>(['partitionReads']);

/** Limits that a rate must keep within. The others are raised by warming up, or only make records late. */
const BINDING = new Set<LimitName>([
  ...FIXED,
  'apiRate',
  'buyRate',
  'browseRate',
  'buyEnvironments',
  'concurrency',
  'tableWrites',
  'tableReads',
  'busCalls',
]);

/** Whoever is refused comes again, on top of those whose turn it is: at its very limit a sale never catches up. */
const ROOM = 0.9;

/** The largest rate, in whole shoppers a second, that leaves a tenth of each limit that a rate can keep within. */
export const rateWithin = (plan: Plan, limits: Limits, habits: Habits): number =>
  rateOf(plan, limits, habits, BINDING);

/** Two usage plans cut for one plan. */
export type Split = Readonly<Record<'perSecond' | 'buyRate' | 'browseRate', number>>;

/**
 * The two usage plans as large as they are together, but cut so that this sale gets through fastest: winners look at their
 * orders and pay, and a sale with many winners needs more pages than buys.
 *
 * @returns nothing where no other cut lets a tenth more through
 */
export function splitFor(plan: Plan, limits: Limits, habits: Habits): Split | undefined {
  const together = limits.buyRate + limits.browseRate;
  const pooled = { ...limits, buyRate: together, browseRate: together };
  const need = (limit: LimitName, perSecond: number) =>
    demandOf({ ...plan, perSecond }, limits, habits).needs.find((one) => one.limit === limit)
      ?.need ?? 0;
  const fits = (perSecond: number) =>
    need('buyRate', perSecond) + need('browseRate', perSecond) <= ROOM * together;
  const perSecond = largest(rateWithin(plan, pooled, habits), fits);
  if (perSecond < WORTH_A_DEPLOYMENT * rateWithin(plan, limits, habits)) return undefined;
  const buyRate = roundUp(need('buyRate', perSecond) / ROOM);
  return { perSecond, buyRate, browseRate: together - buyRate };
}

/** A tenth more. */
const WORTH_A_DEPLOYMENT = 1.1;

/** The largest whole number up to some for which a condition holds, that holds for all below it; 1 or more. */
function largest(most: number, fits: (value: number) => boolean): number {
  if (fits(most)) return most;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The same where everything was granted that AWS grants to anybody. */
export const rateWithinFixed = (plan: Plan, limits: Limits, habits: Habits): number =>
  rateOf(plan, limits, habits, FIXED);

function rateOf(
  plan: Plan,
  limits: Limits,
  habits: Habits,
  binding: ReadonlySet<LimitName>,
): number {
  const fits = (perSecond: number) =>
    demandOf({ ...plan, perSecond }, limits, habits).needs.every(
      ({ limit, factor }) => factor <= ROOM || !binding.has(limit),
    );
  return largest(plan.perSecond, fits);
}
