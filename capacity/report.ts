/** @module All that a plan says, before it is printed: need, course, cost, and the settings that fit the account. */

import { stockWritesFor } from '../domain/warmth.ts';
import { type Cost, costOf, naiveCostOf } from './cost.ts';
import { type Demand, demandOf, raised, rateWithin } from './demand.ts';
import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import { type Setting, simulate } from './model.ts';
import { type Plan, slotSeconds } from './plan.ts';
import type { Second } from './second.ts';
import { type Summary, summaryOf } from './summary.ts';

/** The account and the stack, four ways. */
export type Scene = 'asItIs' | 'suggested' | 'raised' | 'naive';

export type Report = {
  readonly plan: Plan;
  readonly demand: Demand;
  /** What a sale file should say, for the account as it is. */
  readonly admission: {
    readonly expectedShoppers: number;
    readonly perSecond: number;
    /** Over which the slots are then spread. */
    readonly slotSeconds: number;
    /** Warm throughput of the stock table, write units a second. */
    readonly warmWrites: number;
  };
  /**
   * As the account is; so, with the suggested admission and a warm table; with everything that the demand asks for; and
   * the naive design in the account as it is.
   */
  readonly scenes: Readonly<Record<Scene, Summary>>;
  /** Of `suggested`; and of the naive design, as if nothing but its counter had a limit. */
  readonly cost: { readonly edge: Cost; readonly naive: Cost };
  /** Of `asItIs`, from the opening on. */
  readonly seconds: readonly Second[];
};

/** @param limits without the environments that the plan wants to be warmed up: they are added */
export function reportOf(plan: Plan, limits: Limits, habits: Habits): Report {
  const perSecond = rateWithin(plan, limits, habits);
  const suggested = { ...plan, expectedShoppers: plan.shoppers, perSecond };
  const warmWrites = Math.max(
    limits.warmWrites,
    Math.min(limits.tableWrites, stockWritesFor(perSecond)),
  );
  const ready = (one: Plan, has: Limits): Setting => {
    const { provision } = demandOf(one, has, habits);
    const readyEnvironments = Math.max(has.readyEnvironments, provision);
    return { plan: one, limits: { ...has, readyEnvironments }, habits };
  };
  const asItIs = simulate(ready(plan, limits), 'edge');
  const better = ready(suggested, { ...limits, warmWrites });
  const course = simulate(better, 'edge');
  const more = simulate({ plan, limits: raised(plan, limits, habits), habits }, 'edge');
  const naive = simulate({ plan, limits, habits }, 'naive');
  return {
    plan,
    demand: demandOf(plan, limits, habits),
    admission: {
      expectedShoppers: suggested.expectedShoppers,
      perSecond,
      slotSeconds: slotSeconds(suggested),
      warmWrites,
    },
    scenes: {
      asItIs: summaryOf(plan, asItIs),
      suggested: summaryOf(suggested, course),
      raised: summaryOf(plan, more),
      naive: summaryOf(plan, naive),
    },
    cost: { edge: costOf(better, course), naive: naiveCostOf({ plan, limits, habits }) },
    seconds: asItIs.seconds,
  };
}
