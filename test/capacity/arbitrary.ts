/** @module Plans, limits and habits at random, for laws that hold for all of them. */

import fc from 'fast-check';
import { type Habits, USUAL } from '../../capacity/habits.ts';
import { type Limits, limitsIn } from '../../capacity/limits.ts';
import { planFor } from '../../capacity/plan.ts';

export const LIMITS = limitsIn('us-east-1');

/** Of a hundred thousand additions of numbers up to a million. */
export const ROUNDING = 1e-3;

/** Small enough that a hundred of them are simulated in seconds. */
export const plans = fc
  .record({
    shoppers: fc.integer({ min: 1, max: 50_000 }),
    units: fc.integer({ min: 1, max: 60_000 }),
    seconds: fc.integer({ min: 1, max: 120 }),
    limit: fc.integer({ min: 1, max: 5 }),
  })
  .map(planFor);

export const limits: fc.Arbitrary<Limits> = fc
  .record({
    edgeRequests: fc.integer({ min: 100, max: 250_000 }),
    apiRate: fc.integer({ min: 10, max: 10_000 }),
    apiBurst: fc.integer({ min: 0, max: 5_000 }),
    buyRate: fc.integer({ min: 10, max: 5_000 }),
    buyBurst: fc.integer({ min: 0, max: 5_000 }),
    buyEnvironments: fc.integer({ min: 1, max: 500 }),
    readyEnvironments: fc.integer({ min: 0, max: 500 }),
    warmWrites: fc.integer({ min: 50, max: 40_000 }),
  })
  .map((some) => ({ ...LIMITS, ...some }));

export const habits: fc.Arbitrary<Habits> = fc
  .record({
    present: fc.double({ min: 0, max: 1, noNaN: true }),
    early: fc.double({ min: 0, max: 1, noNaN: true }),
    pays: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map((some) => ({ ...USUAL, lateness: 10, ...some }));
