/** What the model takes down of limits: which refused whom, and what a write costs. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { USUAL } from '../../capacity/habits.ts';
import { simulate } from '../../capacity/model.ts';
import { planFor } from '../../capacity/plan.ts';
import type { Refusals } from '../../capacity/refusals.ts';
import type { Second } from '../../capacity/second.ts';
import { habits, LIMITS, limits, plans, ROUNDING } from './arbitrary.ts';

/** By how much a second's presses and the limits that turned them away differ, at worst. */
function difference(second: Second, by: Refusals): number {
  const lambda = by.buyEnvironments + by.concurrency + by.newEnvironments;
  const reads = by.partitionReads + by.warmReads + by.tableReads;
  const writes = by.partitionWrites + by.warmWrites + by.tableWrites;
  return Math.max(
    Math.abs(second.throttledEdge - by.edgeRequests),
    Math.abs(second.throttledLambda - lambda),
    Math.abs(second.throttledTable - reads - writes),
    // The account's bucket turns away pages too.
    second.throttledApi - by.buyRate - by.apiRate,
  );
}

describe('simulate()', () => {
  test('names a limit for every press that was throttled', () => {
    fc.assert(
      fc.property(plans, limits, habits, (plan, limit, habit) => {
        const { seconds, refused } = simulate({ plan, limits: limit, habits: habit }, 'edge');
        expect(refused).toHaveLength(seconds.length);
        const worst = refused.map((by, index) => difference(seconds[index] as Second, by));
        expect(Math.max(...worst)).toBeLessThanOrEqual(ROUNDING);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('writes twice as much to a shard of more than 40 units', () => {
    const base = planFor({ shoppers: 4_100, units: 4_100, seconds: 10, limit: 1 });
    const patient = { ...USUAL, givesUp: 0, pays: 1, comesBack: 0 };
    const roomy = { ...LIMITS, readyEnvironments: 450, warmWrites: 40_000 };
    const writes = (units: number) => {
      const plan = {
        ...base,
        shoppers: units / 2,
        expectedShoppers: units / 2,
        units,
        shards: 100,
      };
      const course = simulate({ plan, limits: roomy, habits: patient }, 'edge');
      return course.seconds.reduce((sum, second) => sum + second.writes, 0) / plan.shoppers;
    };
    // Claim, hold, confirm, two records, payment, settlement; hold and settlement are the shard's.
    expect(writes(4_000)).toBeCloseTo(7, 1);
    expect(writes(4_100)).toBeCloseTo(9, 1);
  });
});
