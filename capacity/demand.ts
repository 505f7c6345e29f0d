/** @module What a sale needs of AWS at its worst second, beside what there is, and the number to ask for. */

import { environmentsFor, stockWritesFor } from '../domain/warmth.ts';
import { looksOf, viewReads } from './effort.ts';
import type { Habits } from './habits.ts';
import { LIMITS, type LimitName, type Limits } from './limits.ts';
import { ordersOf, type Plan, slotSeconds } from './plan.ts';
import { REGIONAL_CACHES } from './running-sale.ts';
import { ORDERS_BATCH } from './sizes.ts';
import { rangesOf, sweepSecondsOf } from './sweeps.ts';
import { COLD_BUY_SECONDS, RECORD_BATCH_SECONDS } from './timings.ts';

/** One limit beside what a sale needs of it. */
export type Need = {
  readonly limit: LimitName;
  /** At the worst second, in the limit's unit. */
  readonly need: number;
  readonly has: number;
  /** How many times over; above 1 it is exceeded. */
  readonly factor: number;
  /** The number to ask for, where it is exceeded and somebody can raise it. */
  readonly ask?: number;
};

/** What a plan comes to. */
export type Demand = {
  /** Over which the slots are spread. */
  readonly slotSeconds: number;
  readonly shards: number;
  /** Ranges of 200 shards that a sweep looks at. */
  readonly sweepRanges: number;
  /** How long a sweep of all of them takes. */
  readonly sweepSeconds: number;
  /** Environments of the buy function to provision before the opening. */
  readonly provision: number;
  /** Until the records of all orders are written, from the last order on. */
  readonly drainSeconds: number;
  /** Each limit that the sale comes near, the worst first. */
  readonly needs: readonly Need[];
};

/** Environments that Lambda keeps for functions that have reserved none. */
const NEVER_RESERVED = 100;

/** What a plan needs, of limits as they are. */
export function demandOf(plan: Plan, limits: Limits, habits: Habits): Demand {
  const recorded = limits.recordBatches * (ORDERS_BATCH / RECORD_BATCH_SECONDS);
  const orders = ordersOf(plan);
  const needs = Object.entries(needsOf(plan, limits, habits)).map(([name, need]) =>
    needOf(name as LimitName, need, limits),
  );
  return {
    slotSeconds: slotSeconds(plan),
    shards: plan.shards,
    sweepRanges: rangesOf(plan.shards),
    sweepSeconds: sweepSecondsOf(plan.shards, limits),
    provision: Math.min(readyOf(limits), environmentsFor(peakBuys(plan, habits))),
    drainSeconds: Math.max(0, orders / recorded - orders / peakSold(plan, habits)),
    // What a stage has none of, it does without.
    needs: needs.filter(({ has }) => has > 0).toSorted((a, b) => b.factor - a.factor),
  };
}

/** Environments that can stand ready. */
const readyOf = ({ buyEnvironments, mostReady }: Limits): number =>
  Math.min(buyEnvironments, mostReady);

/** Presses a second that pass the gate: what is admitted, or all who are there where nobody waits for a slot. */
const peakBuys = (plan: Plan, { present }: Habits): number =>
  plan.expectedShoppers === 0
    ? present * plan.shoppers
    : plan.perSecond * Math.max(1, plan.shoppers / plan.expectedShoppers);

const peakSold = (plan: Plan, habits: Habits): number =>
  Math.min(peakBuys(plan, habits), ordersOf(plan));

/** Requests a second of those who look at their orders, and of those who pay. */
function orderPages(plan: Plan, sold: number, habits: Habits): number {
  const orders = ordersOf(plan);
  const looking = Math.min(orders, sold * habits.orderStays);
  const paid = habits.pays * Math.min(sold, orders / habits.paysAfter);
  return looking / habits.orderLookEvery + paid * habits.payRequests;
}

function needsOf(plan: Plan, limits: Limits, habits: Habits) {
  const { shoppers, shards } = plan;
  const buys = peakBuys(plan, habits);
  const sold = peakSold(plan, habits);
  const present = habits.present * shoppers;
  // The last second of the stock: whoever does not know yet that it is gone looks at every shard that a request may.
  const isGoneAtOnce = buys > sold;
  const environments = environmentsFor(buys);
  const browses = REGIONAL_CACHES + orderPages(plan, sold, habits);
  return {
    // In the opening second everybody who is there asks for the flag and for the status, and some press at once.
    edgeRequests: present * (1 + 1 / habits.lookEvery + habits.early) + buys,
    apiRate: buys + browses,
    apiBurst: plan.expectedShoppers === 0 ? present : buys / 10,
    buyRate: buys,
    buyBurst: plan.expectedShoppers === 0 ? present : buys / 10,
    browseRate: browses,
    concurrency: environments + limits.recordBatches + limits.sweepRanges + NEVER_RESERVED,
    buyEnvironments: environments,
    mostReady: environments,
    // Beyond those that are warmed up before the opening.
    newEnvironments:
      Math.max(0, buys - readyOf(limits) * limits.requestsPerEnvironment) * COLD_BUY_SECONDS,
    warmWrites: stockWritesFor(buys),
    tableWrites: stockWritesFor(buys),
    warmReads: environments * viewReads(shards),
    tableReads: environments * viewReads(shards),
    partitionWrites: shards === 0 ? 0 : (buys * (isGoneAtOnce ? looksOf(shards) : 1)) / shards,
    partitionReads: environments,
    recordBatches: (sold * (1 + habits.pays) * RECORD_BATCH_SECONDS) / ORDERS_BATCH,
    busCalls: Math.min(sold, limits.recordBatches / RECORD_BATCH_SECONDS),
  } satisfies Partial<Record<LimitName, number>>;
}

function needOf(limit: LimitName, need: number, limits: Limits): Need {
  const has = limits[limit];
  const factor = need / has;
  const isRaisable = LIMITS[limit].raise.by !== 'nobody';
  return { limit, need, has, factor, ...(factor > 1 && isRaisable && { ask: roundUp(need) }) };
}

/** Two digits, upwards: nobody asks AWS for 16,667. */
export function roundUp(value: number): number {
  if (value <= 0) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / step) * step;
}

/** The limits with everything raised that a plan asks for, and as many environments ready as it wants. */
export function raised(plan: Plan, limits: Limits, habits: Habits): Limits {
  const asked = demandOf(plan, limits, habits).needs.flatMap(({ limit, ask }) =>
    ask === undefined ? [] : [[limit, ask] as const],
  );
  if (asked.length > 0) {
    // More batches at once need more environments: some limits are raised in a second round.
    const more = { ...limits, ...(Object.fromEntries(asked) as Partial<Limits>) };
    return raised(plan, more, habits);
  }
  const { provision } = demandOf(plan, limits, habits);
  return { ...limits, readyEnvironments: Math.max(limits.readyEnvironments, provision) };
}
