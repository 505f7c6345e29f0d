import { describe, expect, test } from '@jest/globals';
import { environments } from '../../capacity/environments.ts';

/** A request keeps an environment busy for 40 ms, a first one for 400 ms; 1,000 may be added in 10 s. */
const POOL = {
  ready: 0,
  most: 5_000,
  newInTenSeconds: 1_000,
  requestsEach: 10,
  warm: 0.04,
  cold: 0.4,
};

describe('environments()', () => {
  test('answers what is ready at once: 25 requests a second each', () => {
    const pool = environments({ ...POOL, ready: 10, newInTenSeconds: 0 });
    // A tenth of a second: 10 environments answer 10 × 0.1 / 0.04.
    expect(pool.serve(25)).toEqual({ warm: 25, cold: 0, overMost: 0, overGrowth: 0 });
    expect(pool.serve(26)).toEqual({ warm: 25, cold: 0, overMost: 0, overGrowth: 1 });
  });

  test('starts an environment for each request that finds none, which then answer the next', () => {
    const pool = environments(POOL);
    expect(pool.serve(100)).toEqual({ warm: 0, cold: 100, overMost: 0, overGrowth: 0 });
    expect(pool.count()).toBe(100);
    for (let tick = 0; tick < 3; tick++) pool.serve(0);
    // 0.4 s later all of them are there: 100 × 0.1 / 0.04.
    expect(pool.serve(250)).toEqual({ warm: 250, cold: 0, overMost: 0, overGrowth: 0 });
    expect(pool.count()).toBe(100);
  });

  test('grows by 1,000 at once, and then by 100 a second', () => {
    const pool = environments({ ...POOL, cold: 1_000 });
    const first = pool.serve(4_000);
    expect(first.cold).toBeCloseTo(1_010);
    expect(first.overGrowth).toBeCloseTo(2_990);
    let grown = 0;
    for (let tick = 0; tick < 10; tick++) grown += pool.serve(4_000).cold;
    expect(grown).toBeCloseTo(100);
  });

  test('never has more than it may', () => {
    const pool = environments({ ...POOL, most: 300 });
    // Ten requests a second for each of 300: in a tenth of a second, 300.
    expect(pool.serve(301)).toEqual({ warm: 0, cold: 300, overMost: 1, overGrowth: 0 });
    expect(pool.serve(100)).toEqual({ warm: 0, cold: 0, overMost: 100, overGrowth: 0 });
  });

  test('answers no more than ten requests a second for each that it may have, however short they are', () => {
    const pool = environments({ ...POOL, ready: 500, most: 500 });
    let answered = 0;
    for (let tick = 0; tick < 10; tick++) answered += pool.serve(1_000).warm;
    expect(answered).toBeCloseTo(5_000);
  });
});
