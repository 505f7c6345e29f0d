import { describe, expect, test } from '@jest/globals';
import { committed, counterShop } from '../../capacity/counter-shop.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { planFor } from '../../capacity/plan.ts';

describe('committed()', () => {
  test('is a loss system with one place of 10 ms', () => {
    // λ / (1 + λ × 0.01): 100 a second give 50, 1,000 give 91, any number less than 100.
    expect(committed(100)).toBe(50);
    expect(committed(1_000)).toBeCloseTo(90.9, 1);
    expect(committed(1e9)).toBeLessThanOrEqual(100);
  });
});

describe('counterShop()', () => {
  const shop = (units: number) =>
    counterShop(
      planFor({ shoppers: 1e6, units, seconds: 60, limit: 1 }),
      limitsIn('us-east-1'),
      () => {},
    );

  test('begins no more transactions than the counter’s partition takes writes for', () => {
    // 1,000 write units a second, two for each: 50 in a tenth of a second.
    const { throttled, busy, orders } = shop(1e6).serve(1_000);
    expect(throttled).toBe(950);
    expect(orders).toBeCloseTo(committed(500) / 10);
    expect(busy).toBeCloseTo(50 - committed(500) / 10);
  });

  test('pays as much for whoever comes too late', () => {
    const small = shop(1);
    small.serve(50);
    const before = small.written();
    expect(small.serve(50).orders).toBe(0);
    expect(small.written() - before).toBe(200);
  });
});
