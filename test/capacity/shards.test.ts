import { describe, expect, test } from '@jest/globals';
import { emptyShare, looksAt, shardsOf } from '../../capacity/shards.ts';

describe('emptyShare()', () => {
  test('is the share of shards that were chosen as often as they have units', () => {
    // Poisson with mean 1: none with e^-1, so that one or more are 63.2 %, two or more 26.4 %.
    expect(emptyShare(1, 1)).toBeCloseTo(0.632, 3);
    expect(emptyShare(1, 2)).toBeCloseTo(0.264, 3);
  });

  test('lies between two whole numbers of units where some shards have one more', () => {
    expect(emptyShare(1, 1.5)).toBeCloseTo((0.632 + 0.264) / 2, 3);
  });

  test('is nothing at first, and all in the end', () => {
    expect(emptyShare(0, 40)).toBe(0);
    expect(emptyShare(500, 40)).toBeCloseTo(1);
  });
});

describe('looksAt()', () => {
  test('finds with the first look where nothing is empty', () => {
    expect(looksAt(4, 0)).toEqual({ found: 1, inVain: 0 });
  });

  test('looks four times at most', () => {
    expect(looksAt(4, 1)).toEqual({ found: 0, inVain: 4 });
    // 1/2 + 1/4 + 1/8 + 1/16 in vain, and all of them with 1/16.
    expect(looksAt(4, 0.5)).toEqual({ found: 1 - 0.0625, inVain: 0.9375 });
  });
});

describe('shardsOf()', () => {
  test('is all empty once everything was taken, and no sooner', () => {
    const shards = shardsOf(10, 40);
    for (let order = 0; order < 399; order++) shards.take(1);
    expect(shards.empty()).toBeLessThan(1);
    shards.take(1);
    expect(shards.empty()).toBe(1);
  });

  test('has less empty again once something came back', () => {
    const shards = shardsOf(10, 40);
    for (let order = 0; order < 400; order++) shards.take(1);
    shards.putBack(100);
    const before = shards.empty();
    expect(before).toBeLessThan(0.5);
    for (let order = 0; order < 100; order++) shards.take(1);
    expect(shards.empty()).toBe(1);
  });

  /**
   * A simulation of every single buyer, of another hand, found 0.41 failed looks for each unit of 10,000 in 250 shards, and
   * 0.67 of 100,000 in 2,500, where nobody has hints and each looks four times at most.
   */
  test.each([
    [10_000, 250, 0.41],
    [100_000, 2_500, 0.67],
  ])(
    'costs as many looks in vain as single buyers do: %i units in %i shards',
    (units, count, known) => {
      const shards = shardsOf(count, units / count);
      let [sold, inVain] = [0, 0];
      while (units - sold >= 1) {
        const looks = looksAt(4, shards.empty());
        const buyers = count / 20;
        const orders = Math.min(buyers * looks.found, units - sold);
        if (orders < 1) break;
        sold += orders;
        inVain += buyers * looks.inVain;
        shards.take(orders);
      }
      expect(sold / units).toBeGreaterThan(0.99);
      expect(inVain / units).toBeGreaterThan(0.5 * known);
      expect(inVain / units).toBeLessThan(2 * known);
    },
  );
});
