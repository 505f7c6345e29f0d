import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextProbe, shardAt } from '../../domain/probe.ts';
import { aHolder } from './claim-builders.ts';

const shards = fc.integer({ min: 1, max: 400 });
const holder = fc
  .record({
    attempt: fc.integer({ min: 1, max: 65_535 }),
    since: fc.integer({ min: 0, max: 0xffffffff }),
  })
  .map((changes) => aHolder('ada', changes));

const sequence = (one: string, count: number): number[] =>
  Array.from({ length: count }, (_, probe) => shardAt(one, count, probe));

describe('shardAt()', () => {
  test('visits each shard once, whatever the holder and the number of shards', () => {
    fc.assert(
      fc.property(holder, shards, (one, count) => {
        const visited = sequence(one, count);
        expect(visited.toSorted((a, b) => a - b)).toEqual(visited.map((_, index) => index));
      }),
    );
  });

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
    const empties = fc.uniqueArray(fc.integer({ min: 0, max: 399 }));
    fc.assert(
      fc.property(holder, shards, empties, fc.nat(401), (one, count, empty, from) => {
        const worthIt = sequence(one, count).findIndex(
          (shard, probe) => probe >= from && !empty.includes(shard),
        );
        const found = nextProbe(one, count, from, new Set(empty));
        expect(found).toBe(worthIt === -1 ? undefined : worthIt);
      }),
    );
  });
});
