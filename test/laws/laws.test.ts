import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allLaws, runsOf } from './all-laws.ts';
import { law } from './law.ts';
import { laws } from './part.ts';

/** Enough to see that a law is tried; how often it is tried in earnest, `npm run prove` decides. */
const RUNS = 40;

describe('laws', () => {
  test.each(allLaws.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    await one.check(runsOf(one, RUNS));
  });

  test('have names of their own, that --only finds', () => {
    const names = allLaws.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/["$`\\]/);
  });
});

describe('law()', () => {
  const small = law('small', [fc.nat()], (value) => {
    if (value > 41) throw new Error(`${value} is too much`);
  });

  test('throws the smallest counterexample, the same for the same seed', async () => {
    await expect(small.check(1000, 7)).rejects.toThrow(
      /Counterexample: \[42\][\s\S]*42 is too much/,
    );
  });
});

describe('laws as a part of the proof', () => {
  test('tells what was tried, of what was asked for alone', async () => {
    const rows: unknown[] = [];
    await laws.run({ full: false, seed: 7, only: 'holder: reads' }, (row) => void rows.push(row));
    const name = 'holder: reads as the parts it was written from';
    const ms = expect.any(Number);
    expect(rows).toEqual([{ name, explored: 10_000, unit: 'runs', ms, found: [] }]);
  });
});
