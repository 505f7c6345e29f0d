/**
 * @module
 * A plan in its account, three ways: as it is; at the rate that fits; and with everything granted that it asks for, at the
 * rate that was asked for or the most that limits allow which nobody can raise.
 */

import { stockWritesFor } from '../domain/warmth.ts';
import { demandOf, raised } from './demand.ts';
import type { Habits } from './habits.ts';
import type { Limits } from './limits.ts';
import type { Plan } from './plan.ts';
import { rateWithin, rateWithinFixed } from './rates.ts';
import type { Setting } from './setting.ts';

export const SCENES = ['asItIs', 'suggested', 'raised'] as const;

export type Scene = (typeof SCENES)[number];

/** @param limits without the environments that the plan wants to be warmed up: they are added */
export function scenesOf(
  plan: Plan,
  limits: Limits,
  habits: Habits,
): Readonly<Record<Scene, Setting>> {
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
  const granted = { ...plan, perSecond: rateWithinFixed(plan, limits, habits) };
  return {
    asItIs: ready(plan, limits),
    suggested: ready(suggested, { ...limits, warmWrites }),
    raised: { plan: granted, limits: raised(granted, limits, habits), habits },
  };
}
