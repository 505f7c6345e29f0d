import { describe, expect, test } from '@jest/globals';
import { type Figure, reaches } from '../../bench/rounds.ts';
import { minuteOf } from '../../bench/sweep-cost.ts';
import { courseOf, figuresOf } from '../../bench/sweep-figures.ts';
import { flawOf, type SweepRun } from '../../bench/sweep-run.ts';

const tables = { function: 'Sweep', service: 'dynamodb', table: 'Stock', errors: 0 };

const run = (readUnits: number, changes: Partial<SweepRun> = {}): SweepRun => ({
  ms: 2000,
  cpuMs: 1000,
  calls: [
    { ...tables, operation: 'BatchGetItem', calls: 10, readUnits, writeUnits: 0 },
    { ...tables, operation: 'UpdateItem', calls: 4, readUnits: 0, writeUnits: 4 },
    {
      ...{ ...tables, service: 'sqs', operation: 'SendMessageBatch', table: undefined },
      ...{ calls: 1, readUnits: 0, writeUnits: 0 },
    },
  ],
  ...changes,
});

const SIZE = { shards: 400, ranges: 2 };

const named = (figures: readonly Figure[], name: string) =>
  figures.find((one) => one.name.startsWith(name));

describe('minuteOf()', () => {
  test('counts requests and units of the tables alone', () => {
    expect(minuteOf(run(800).calls, 2)).toMatchObject({
      ...{ requests: 14, readUnits: 800, writeUnits: 4 },
    });
  });

  test('costs units, runs of 2 s, messages and the schedule', () => {
    // 800 × 0.125 + 4 × 0.625 + 2 × 0.2 + 2 × 2 s × 0.5 GB × 13.3334 + 1 message × 3 × 0.4 + 1, in millionths.
    expect(minuteOf(run(800).calls, 2).usd * 1e6).toBeCloseTo(131.77, 2);
  });
});

describe('figuresOf()', () => {
  test('says how many shards and open orders a second', () => {
    const figures = figuresOf({ open: 50, runs: [run(800), run(800, { ms: 1000 })] }, SIZE);
    expect(named(figures, 'shards')).toMatchObject({ median: 300, least: 200, most: 400 });
    expect(named(figures, 'open orders')).toMatchObject({ median: 37.5 });
  });

  test('says nothing of open orders where there are none', () => {
    expect(named(figuresOf({ open: 0, runs: [run(800)] }, SIZE), 'open orders')).toBeUndefined();
  });
});

describe('courseOf()', () => {
  const course = (withOpen: number, withSold: number) =>
    courseOf(
      [
        { open: 0, runs: [run(800)] },
        { open: 100, runs: [run(withOpen)] },
      ],
      { open: 0, runs: [run(withSold)] },
      run(800),
      SIZE,
    );

  test.each([
    [1000, true],
    [1001, false],
  ])('two read units an order more are its bar: %i in all', (withOpen, isMet) => {
    expect(reaches(named(course(withOpen, 800), 'read units with 100 open')!)).toBe(isMet);
  });

  test.each([
    [800, true],
    [801, false],
  ])('what is sold must cost nothing: %i', (withSold, isMet) => {
    expect(reaches(named(course(1000, withSold), 'read units with 100 sold')!)).toBe(isMet);
  });

  test('nothing open costs what its shards do', () => {
    expect(named(course(1000, 800), 'read units with nothing open')).toMatchObject({ median: 2 });
  });
});

describe('flawOf()', () => {
  const hint = { sweptAt: 100, open: 3, drift: 0 };

  test('finds nothing where each range was swept, and all is as expected', () => {
    expect(flawOf([hint, { ...hint, open: 0 }], 100, 3)).toBeUndefined();
  });

  test.each([
    ['range 1 was not swept', [hint, { ...hint, sweptAt: 99 }], 6],
    ['range 0 was not swept', [undefined, hint], 3],
    ['shards do not add up', [hint, { ...hint, drift: 1 }], 6],
    ['3 orders are open, not 4', [hint], 4],
  ])('%s', (flaw, hints, open) => {
    expect(flawOf(hints, 100, open)).toBe(flaw);
  });
});
