import { describe, expect, test } from '@jest/globals';
import { retryAfter, retryDelayMs } from '../../load/patience.ts';
import { between, random } from '../../load/random.ts';
import { USUAL } from '../../load/scenarios.ts';
import { wishesOf } from '../../load/wishes.ts';

const PRODUCTS = [
  { sku: 'mug', limit: 2 },
  { sku: 'cup', limit: 1 },
];
const habits = { ...USUAL, seed: 1, quantity: { least: 1, most: 3 }, buys: 2 };
const crowd = (over: Partial<typeof habits> = {}, shoppers = 2000) =>
  Array.from({ length: shoppers }, (_, index) => wishesOf({ ...habits, ...over }, PRODUCTS, index));

describe('random()', () => {
  test('repeats itself with the same seed, and not with another', () => {
    const some = (seed: number) => Array.from({ length: 5 }, random(seed));
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
  });
});

describe('between()', () => {
  test('takes both ends', () => {
    expect(between(() => 0, 2, 4)).toBe(2);
    expect(between(() => 0.999, 2, 4)).toBe(4);
  });
});

describe('wishesOf()', () => {
  test('decides the same for a shopper, however many come', () => {
    expect(crowd({}, 10)).toEqual(crowd().slice(0, 10));
  });

  test('keeps to the shares, roughly', () => {
    const share = (of: (one: ReturnType<typeof wishesOf>) => boolean) =>
      crowd().filter(of).length / 2000;
    expect(share(({ doubleClicks }) => doubleClicks)).toBeCloseTo(0.3, 1);
    expect(share(({ pays }) => pays[1] === true)).toBeCloseTo(0.8, 1);
    expect(share(({ sku }) => sku === 'mug')).toBeCloseTo(0.5, 1);
  });

  test('keeps to shares of none and all', () => {
    expect(crowd({ pay: 0 }).some(({ pays }) => pays.includes(true))).toBe(false);
    expect(crowd({ doubleClick: 1 }).every(({ doubleClicks }) => doubleClicks)).toBe(true);
  });

  test('wants no more than the limit', () => {
    const quantities = (sku: string) => {
      const own = crowd().filter((one) => one.sku === sku);
      return [...new Set(own.map(({ quantity }) => quantity))].sort();
    };
    expect(quantities('mug')).toEqual([1, 2]);
    expect(quantities('cup')).toEqual([1]);
  });
});

describe('retryDelayMs()', () => {
  test('is never sooner than asked for, up to 5 s, and half as much later at most', () => {
    expect(retryDelayMs(() => 0, 2)).toBe(2000);
    expect(retryDelayMs(() => 1, 2)).toBe(3000);
    expect(retryDelayMs(() => 0, 60)).toBe(5000);
    expect(retryDelayMs(() => 0, undefined)).toBe(1000);
  });
});

describe('retryAfter()', () => {
  test('reads seconds', () => {
    expect(retryAfter('3')).toBe(3);
    expect(retryAfter('-3')).toBe(0);
    expect(retryAfter('Sat, 21 Nov 2026 07:28:00 GMT')).toBeUndefined();
    expect(retryAfter(undefined)).toBeUndefined();
  });
});
