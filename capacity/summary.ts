/** @module What a course comes to, in a few numbers. */

import type { Course } from './model.ts';
import { ordersOf, type Plan } from './plan.ts';
import { OUTCOMES, type Outcome, type Second } from './second.ts';

export type Summary = {
  readonly clicks: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Orders that were made at first; what is sold again after a release is not in it. */
  readonly orders: number;
  /** Seconds after which as many orders were made as there is stock; nothing where that never came. */
  readonly soldOutAfter: number | undefined;
  /** Seconds after which 99 of 100 shoppers had an answer that is final, or had given up. */
  readonly answeredAfter: number | undefined;
  readonly gaveUp: number;
  /** The most in one second. */
  readonly peak: Readonly<
    Record<'clicks' | 'admitted' | 'sold' | 'writes' | 'environments', number>
  >;
  /** Messages that waited for their record at worst, and until when. */
  readonly queue: { readonly most: number; readonly until: number };
};

/** So much of the stock is all of it: what rounding leaves is nobody's. */
const ALL = 0.999;

const ANSWERED = 0.99;

export function summaryOf(plan: Plan, { seconds, people }: Course): Summary {
  const sum = (name: keyof Second) => seconds.reduce((total, second) => total + second[name], 0);
  const most = (name: keyof Second) =>
    seconds.reduce((highest, second) => Math.max(highest, second[name]), 0);
  const stock = ordersOf(plan);
  return {
    clicks: sum('clicks'),
    outcomes: Object.fromEntries(OUTCOMES.map((name) => [name, sum(name)])) as Summary['outcomes'],
    orders: Math.min(stock, sum('sold')),
    soldOutAfter: whole(soldOutAt(plan, seconds)),
    answeredAfter: whole(answeredAt(plan, seconds)),
    gaveUp: people.gaveUp,
    peak: {
      clicks: most('clicks'),
      admitted: most('admitted'),
      sold: most('sold'),
      writes: most('writes'),
      environments: most('environments'),
    },
    queue: {
      most: most('queue'),
      until: seconds.findLastIndex(({ queue }) => queue >= 1) + 1,
    },
  };
}

/** When as many orders had been made as there is stock, in seconds; within a second they come evenly. */
export const soldOutAt = (plan: Plan, seconds: readonly Second[]): number | undefined =>
  instantOf(seconds, ({ sold }) => sold, ALL * ordersOf(plan));

/** When 99 of 100 shoppers had an answer that is final, or had given up, in seconds. */
export const answeredAt = (plan: Plan, seconds: readonly Second[]): number | undefined =>
  instantOf(
    seconds,
    ({ sold, soldOut, gaveUp }) => sold + soldOut + gaveUp,
    ANSWERED * plan.shoppers,
  );

const whole = (instant: number | undefined): number | undefined =>
  instant === undefined ? undefined : Math.ceil(instant);

/** When so many were counted. */
function instantOf(
  seconds: readonly Second[],
  countOf: (second: Second) => number,
  wanted: number,
): number | undefined {
  let counted = 0;
  for (const [index, second] of seconds.entries()) {
    const count = countOf(second);
    if (counted + count >= wanted) return index + (wanted - counted) / count;
    counted += count;
  }
  return undefined;
}
