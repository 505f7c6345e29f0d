import { describe, expect, test } from '@jest/globals';
import type { LiveItem } from '../../domain/live.ts';
import { type Moment, paceOf, remember, takenIn } from '../../domain/pace.ts';

const item = (changes: Partial<LiveItem> = {}): LiveItem => ({
  ...{ sku: 'lamp', name: 'Lamp', units: 100, shards: 3, returns: 0, soldOut: false },
  ...{ forSale: 100, held: 0, paid: 0, isPaidBehind: false },
  ...changes,
});

/** Looks, one a second from 1,000 ms on, at which so many units are held and paid. */
const looks = (...counts: readonly (readonly [held: number, paid: number])[]): readonly Moment[] =>
  counts.reduce<readonly Moment[]>(
    (history, [held, paid], index) =>
      remember(history, 1000 * (index + 1), [item({ held, paid, forSale: 100 - held - paid })]),
    [],
  );

const STILL = { takenPerSecond: 0, paidPerSecond: 0, secondsToSoldOut: null };

describe('paceOf()', () => {
  test('is nothing before there are two looks, or of an item that is new', () => {
    expect(paceOf([], item())).toEqual(STILL);
    expect(paceOf(looks([5, 0]), item())).toEqual(STILL);
    expect(paceOf(looks([5, 0], [9, 0]), item({ sku: 'sofa' }))).toEqual(STILL);
  });

  test('counts held and paid units as taken, and says when none is left', () => {
    const history = looks([0, 0], [6, 0], [6, 4]);
    expect(paceOf(history, item({ forSale: 90 }))).toEqual({
      ...{ takenPerSecond: 5, paidPerSecond: 2, secondsToSoldOut: 18 },
    });
  });

  test('looks back 5 seconds, and no further', () => {
    const history = looks([0, 0], [10, 0], [10, 0], [10, 0], [10, 0], [10, 0]);
    expect(paceOf(history, item()).takenPerSecond).toBe(2);
    expect(paceOf([...history, ...at7s(history)], item()).takenPerSecond).toBe(0);
  });

  test('is not negative where units came back, nor does it foretell an end without stock', () => {
    expect(paceOf(looks([9, 0], [5, 0]), item())).toEqual(STILL);
    const fast = looks([0, 0], [9, 0]);
    expect(paceOf(fast, item({ forSale: 0 })).secondsToSoldOut).toBeNull();
    expect(paceOf(fast, item({ forSale: null })).secondsToSoldOut).toBeNull();
  });
});

const at7s = (history: readonly Moment[]) =>
  remember(history, 7000, [item({ held: 10 })]).slice(-1);

describe('remember()', () => {
  test('keeps half an hour, and one look for each instant', () => {
    const first = looks([1, 0]);
    const twice = remember(first, 1000, [item({ held: 2 })]);
    expect(twice.map(({ items }) => items.get('lamp')?.taken)).toEqual([2]);
    expect(remember(first, 1000 + 30 * 60_000 - 1, [item()])).toHaveLength(2);
    expect(remember(first, 1000 + 30 * 60_000, [item()])).toHaveLength(1);
  });

  test('takes what is not known for nothing', () => {
    const [moment] = remember([], 1, [item({ held: null, paid: null })]);
    expect(moment?.items.get('lamp')).toEqual({ taken: 0, paid: 0 });
  });
});

describe('takenIn()', () => {
  test('puts each second where it belongs, the latest last', () => {
    const history = looks([0, 0], [3, 0], [3, 0], [3, 5]);
    expect(takenIn(history, 5, 1000)).toEqual([0, 0, 3, 0, 5]);
    expect(takenIn(history, 2, 2000)).toEqual([3, 5]);
    expect(takenIn(history, 2, 1000)).toEqual([0, 5]);
  });

  test('counts nothing for what came back, nor for what was taken before the first look', () => {
    expect(takenIn(looks([90, 0], [70, 0], [72, 0]), 3, 1000)).toEqual([0, 0, 2]);
    expect(takenIn([], 2, 1000)).toEqual([0, 0]);
  });

  test('takes an item that is new for one of which nothing is known before', () => {
    const history = remember(looks([1, 0]), 2000, [item({ sku: 'sofa', held: 50 })]);
    expect(takenIn(history, 1, 1000)).toEqual([0]);
  });
});
