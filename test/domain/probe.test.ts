import { describe, expect, test } from '@jest/globals';
import { nextProbe, shardAt } from '../../domain/probe.ts';
import { aHolder } from './claim-builders.ts';

const sequence = (one: string, count: number): number[] =>
  Array.from({ length: count }, (_, probe) => shardAt(one, count, probe));

describe('shardAt()', () => {
  test('leads twins of one attempt the same way, and the next attempt another', () => {
    expect(sequence(aHolder('ada'), 97)).toEqual(sequence(aHolder('ada'), 97));
    expect(sequence(aHolder('ada'), 97)).not.toEqual(sequence(aHolder('ada', { attempt: 2 }), 97));
  });

  test('starts attempts everywhere: no shard gets twice its share', () => {
    const starts = Array.from({ length: 4000 }, (_, index) => shardAt(aHolder(`u${index}`), 10, 0));
    const counts = [...Map.groupBy(starts, (shard) => shard).values()].map(({ length }) => length);
    expect(counts).toHaveLength(10);
    expect(Math.max(...counts)).toBeLessThan(800);
    expect(Math.min(...counts)).toBeGreaterThan(200);
  });
});

describe('nextProbe()', () => {
  test('is the first place from there on whose shard is not known to be empty, or the end', () => {
    const [first = 0, second = 0, third = 0] = sequence(aHolder('ada'), 3);
    const next = (from: number, ...empty: number[]) =>
      nextProbe(aHolder('ada'), 3, from, new Set(empty));
    expect([next(0), next(1), next(2), next(3)]).toEqual([0, 1, 2, undefined]);
    expect([next(0, first), next(0, first, second), next(1, second)]).toEqual([1, 2, 2]);
    expect(next(0, first, second, third)).toBeUndefined();
  });
});
