/** @module Laws of the local throttles: API Gateway's token bucket and WAF's rate rules. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { random, randomFor } from '../../load/random.ts';
import { TokenBucket } from '../../local/api/token-bucket.ts';
import { rateTest } from '../../local/waf/rate.ts';
import { OPENS_AT } from '../support/sales.ts';
import { type Law, law } from './law.ts';

const throttles = fc.record({
  rate: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10_000 })),
  burst: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 500 })),
});

/** Milliseconds between one request and the next: many at once, and pauses. */
const gaps = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 20 }), fc.nat({ max: 3000 })), {
  maxLength: 200,
  size: 'large',
});

/** Sums of fractions of a token are off by less than that. */
const EPSILON = 1e-6;

const instantsOf = (between: readonly number[]): number[] => {
  let at = OPENS_AT;
  return between.map((gap) => {
    at += gap;
    return at;
  });
};

export const throttleLaws: readonly Law[] = [
  law(
    'token bucket: in no stretch of time more than the burst and what came in it',
    [throttles, gaps],
    ({ rate, burst }, between) => {
      const bucket = new TokenBucket({ rate, burst });
      const taken = instantsOf(between).filter((at) => bucket.take(at));
      for (const [first, from] of taken.entries()) {
        for (let last = first; last < taken.length; last++) {
          const filled = ((taken[last] ?? 0) - from) * (rate / 1000);
          ok(last - first + 1 <= burst + filled + EPSILON, `${last - first + 1} from ${from} on`);
        }
      }
    },
    0.5,
  ),

  law(
    'token bucket: refuses only where it is empty',
    [throttles, gaps],
    ({ rate, burst }, between) => {
      const bucket = new TokenBucket({ rate, burst });
      let left = burst;
      let before = OPENS_AT;
      for (const at of instantsOf(between)) {
        left = Math.min(burst, left + ((at - before) * rate) / 1000);
        before = at;
        const isTaken = bucket.take(at);
        if (Math.abs(left - 1) > EPSILON) equal(isTaken, left >= 1);
        if (isTaken) left -= 1;
      }
    },
  ),

  law(
    'token bucket: whoever keeps to the rate is never refused',
    [throttles, fc.integer({ min: 1, max: 300 })],
    ({ rate, burst }, count) => {
      const bucket = new TokenBucket({ rate, burst });
      for (let i = 0; i < count; i++)
        ok(bucket.take(OPENS_AT + Math.ceil((i * 1000) / rate) + i), `request ${i}`);
    },
  ),

  law(
    'rate rule: matches each request above its limit in the window, of its own key, and no other',
    [
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 2000 }),
      gaps,
      fc.array(fc.constantFrom('a', 'b', undefined), { minLength: 200, maxLength: 200 }),
    ],
    (limit, windowMs, between, keys) => {
      const test = rateTest({
        limit,
        windowMs,
        keyOf: (request) => request as unknown as string | undefined,
      });
      const seen: { key: string; at: number }[] = [];
      for (const [index, at] of instantsOf(between).entries()) {
        const key = keys[index];
        const isMatched = test(key as never, at);
        if (key !== undefined) seen.push({ key, at });
        const inWindow = seen.filter((one) => one.key === key && one.at > at - windowMs);
        equal(isMatched, inWindow.length > limit);
      }
    },
    0.5,
  ),

  law(
    'chance: what a seed draws lies in 0 to 1, and is drawn again by it',
    [fc.nat(), fc.option(fc.nat())],
    (seed, index) => {
      const begin = () => (index === null ? random(seed) : randomFor(seed, index));
      const [one, other] = [begin(), begin()];
      for (let i = 0; i < 20; i++) {
        const drawn = one();
        ok(drawn >= 0 && drawn < 1);
        equal(other(), drawn);
      }
    },
  ),
];
