/** @module Laws of probe sequences: how an attempt visits the shards. */

import { equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { holderOf } from '../../domain/order-id.ts';
import { nextProbe, shardAt } from '../../domain/probe.ts';
import { holders } from './arbitraries.ts';
import { chiSquare } from './chi-square.ts';
import { type Law, law } from './law.ts';

const MOST = 5000;
const shards = fc.integer({ min: 1, max: MOST });

const sequence = (holder: string, count: number): number[] =>
  Array.from({ length: count }, (_, probe) => shardAt(holder, count, probe));

/** As many attempts as are drawn for a run of the law about their spread. */
const ATTEMPTS = 4000;

/** Exceeded by one in a thousand million uniform samples, at 9 degrees of freedom. */
const CHI_SQUARE_9 = 60.7;

/** The first attempt of one of many shoppers, all of the same second. */
const attemptOf = (seed: number, shopper: number): string =>
  holderOf({
    buyerKey: createHash('sha256')
      .update(`${seed}.${shopper}`)
      .digest()
      .subarray(0, 10)
      .toString('base64url'),
    ...{ n: 0, attempt: 1, quantity: 1, since: 1_795_809_600 },
  });

export const probeLaws: readonly Law[] = [
  law('probe: a sequence visits each shard once', [holders, shards], (holder, count) => {
    const visited = new Set(sequence(holder, count));
    equal(visited.size, count);
    for (const shard of visited) ok(Number.isInteger(shard) && shard >= 0 && shard < count);
  }),

  law(
    'probe: skips the shards that are known to be empty, and no other',
    [
      holders,
      shards,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat({ max: 0xffff }),
      fc.nat({ max: MOST + 1 }),
    ],
    (holder, count, share, salt, from) => {
      const isEmpty = (shard: number) => ((shard * 40_503 + salt) % 65_536) / 65_536 < share;
      const empty = new Set(sequence(holder, count).filter(isEmpty));
      const visited: number[] = [];
      let probe = nextProbe(holder, count, from, empty);
      for (; probe !== undefined; probe = nextProbe(holder, count, probe + 1, empty)) {
        visited.push(probe);
      }
      const expected = sequence(holder, count)
        .map((shard, place) => ({ shard, place }))
        .filter(({ shard, place }) => place >= from && !empty.has(shard));
      equal(String(visited), String(expected.map(({ place }) => place)));
    },
  ),

  law(
    'probe: attempts begin everywhere alike',
    [fc.nat()],
    (seed) => {
      const starts = Array.from({ length: ATTEMPTS }, (_, i) => shardAt(attemptOf(seed, i), 10, 0));
      ok(chiSquare(starts, 10) < CHI_SQUARE_9, `chi-square is ${chiSquare(starts, 10)}`);
    },
    1 / 200,
  ),
];
