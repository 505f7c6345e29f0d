import { describe, expect, test } from '@jest/globals';
import { runSeconds } from '../../capacity/run-time.ts';
import { BUY_P99_OVER_MEDIAN, COLD_BUY_SECONDS } from '../../capacity/timings.ts';
import { BUY_SECONDS } from '../../domain/warmth.ts';

/** The mean over so many ranks, evenly. */
const meanOf = (coldShare: number, ranks = 20_000): number =>
  Array.from({ length: ranks }, (_, rank) => runSeconds((rank + 0.5) / ranks, coldShare)).reduce(
    (sum, one) => sum + one / ranks,
    0,
  );

describe('runSeconds()', () => {
  test('has the mean that the model computes with, warm and cold', () => {
    expect(meanOf(0)).toBeCloseTo(BUY_SECONDS, 4);
    expect(meanOf(1)).toBeCloseTo(COLD_BUY_SECONDS, 4);
    expect(meanOf(0.25)).toBeCloseTo(0.75 * BUY_SECONDS + 0.25 * COLD_BUY_SECONDS, 4);
  });

  test('has the spread that is assumed', () => {
    expect(runSeconds(0.99, 0) / runSeconds(0.5, 0)).toBeCloseTo(BUY_P99_OVER_MEDIAN);
  });

  test('has cold runs behind all warm ones', () => {
    expect(runSeconds(0.899, 0.1)).toBeLessThan(10 * BUY_SECONDS);
    expect(runSeconds(0.901, 0.1)).toBeGreaterThan(COLD_BUY_SECONDS - BUY_SECONDS);
  });

  test('is never endless', () => {
    expect(runSeconds(1, 0)).toBeLessThan(1);
    expect(runSeconds(0, 0)).toBeGreaterThan(0);
  });
});
