/** @module Figures and times of a plan, as people read them. */

import type { Plan } from '../capacity/plan.ts';

/** Who comes for what, how fast, and where. */
export const planLine = (plan: Plan, where: string): string =>
  `${figure(plan.shoppers)} shoppers, ${stock(plan)}, ${figure(plan.perSecond)} admitted a second, in ${where}`;

const stock = (plan: Plan): string =>
  plan.units === 0 ? 'stock without end' : `${figure(plan.units)} units`;

/** Whole, with commas. */
export const figure = (value: number): string => Math.round(value).toLocaleString('en');

/** Whole seconds up to two minutes, then minutes. */
export const time = (seconds: number | undefined): string => {
  if (seconds === undefined) return 'never';
  return seconds < 120 ? `${Math.ceil(seconds)} s` : `${figure(seconds / 60)} min`;
};
