/** @module All that a plan says, before it is printed: need, course, cost, and the settings that fit the account. */

import { type Cost, costOf, naiveCostOf } from './cost.ts';
import { type Demand, demandOf } from './demand.ts';
import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import { simulate } from './model.ts';
import { type Plan, slotSeconds } from './plan.ts';
import { type Split, splitFor } from './rates.ts';
import { type Scene, scenesOf } from './scenes.ts';
import type { Second } from './second.ts';
import { type Summary, summaryOf } from './summary.ts';

/** The account and the stack as they are, better, and before another design. */
export type ReportScene = Scene | 'naive';

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
    /** Usage plans cut for this sale, where the same account then takes more. */
    readonly split?: Split;
  };
  /**
   * As the account is; so, with the suggested admission and a warm table; with everything that the demand asks for; and
   * the naive design in the account as it is.
   */
  readonly scenes: Readonly<Record<ReportScene, Summary>>;
  /** Of `suggested`; and of the naive design, as if nothing but its counter had a limit. */
  readonly cost: { readonly edge: Cost; readonly naive: Cost };
  /** Of `asItIs`, from the opening on. */
  readonly seconds: readonly Second[];
};

/** @param limits without the environments that the plan wants to be warmed up: they are added */
export function reportOf(plan: Plan, limits: Limits, habits: Habits): Report {
  const scenes = scenesOf(plan, limits, habits);
  const split = splitFor(plan, limits, habits);
  const { plan: suggested, limits: suggestedLimits } = scenes.suggested;
  const asItIs = simulate(scenes.asItIs, 'edge');
  const course = simulate(scenes.suggested, 'edge');
  const more = simulate(scenes.raised, 'edge');
  const naive = simulate({ plan, limits, habits }, 'naive');
  return {
    plan,
    demand: demandOf(plan, limits, habits),
    admission: {
      expectedShoppers: suggested.expectedShoppers,
      perSecond: suggested.perSecond,
      slotSeconds: slotSeconds(suggested),
      warmWrites: suggestedLimits.warmWrites,
      ...(split && { split }),
    },
    scenes: {
      asItIs: summaryOf(plan, asItIs),
      suggested: summaryOf(suggested, course),
      raised: summaryOf(plan, more),
      naive: summaryOf(plan, naive),
    },
    cost: { edge: costOf(scenes.suggested, course), naive: naiveCostOf({ plan, limits, habits }) },
    seconds: asItIs.seconds,
  };
}
