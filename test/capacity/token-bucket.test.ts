import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tokenBucket } from '../../capacity/token-bucket.ts';

describe('tokenBucket()', () => {
  test('lets a burst through at once, and then no more than its rate', () => {
    const bucket = tokenBucket(100, 50);
    expect(bucket.take(1_000, 1)).toBe(150);
    expect(bucket.take(1_000, 1)).toBe(100);
    expect(bucket.take(1_000, 0.5)).toBe(50);
  });

  test('holds no more than its burst, however long nobody comes', () => {
    const bucket = tokenBucket(100, 50);
    bucket.take(0, 60);
    expect(bucket.take(1_000, 0)).toBe(50);
    expect(bucket.take(1_000, 0)).toBe(0);
  });

  test('never lets through more than its burst and its rate together', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.nat(500),
        fc.array(fc.tuple(fc.nat(1_000), fc.double({ min: 0, max: 5, noNaN: true }))),
        (rate, burst, steps) => {
          const bucket = tokenBucket(rate, burst);
          let [passed, time] = [0, 0];
          for (const [wanted, seconds] of steps) {
            passed += bucket.take(wanted, seconds);
            time += seconds;
            expect(passed).toBeLessThanOrEqual(burst + rate * time + 1e-6);
          }
        },
      ),
    );
  });
});
