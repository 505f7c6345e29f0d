import { describe, expect, test } from '@jest/globals';
import {
  type Asked,
  converge,
  environmentsFor,
  isWarm,
  stockWritesFor,
  WARM_EARLY_MS,
  type Warmth,
  wantedEnvironments,
  warmUntil,
} from '../../domain/warmth.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A sale that admits so many a second, and opens so much later than another. */
const aSale = (perSecond: number, laterMs = 0, lastsMs = 20 * MINUTE_MS) => {
  const opensAt = OPENS_AT + laterMs;
  const admission = { ...aPublishedSale().admission, perSecond };
  return aPublishedSale({ opensAt, closesAt: opensAt + lastsMs, admission });
};

describe('environmentsFor()', () => {
  test('is one for ten buys a second: more than that Lambda lets none answer, however short they are', () => {
    expect([environmentsFor(10), environmentsFor(11), environmentsFor(5000)]).toEqual([1, 2, 500]);
  });
});

describe('isWarm()', () => {
  test('begins twenty minutes before the opening, early enough for whoever warms it up', () => {
    const sale = aSale(100);
    expect(isWarm(sale, OPENS_AT - WARM_EARLY_MS)).toBe(true);
    expect(isWarm(sale, OPENS_AT - 20 * MINUTE_MS)).toBe(true);
    expect(isWarm(sale, OPENS_AT - 20 * MINUTE_MS - 1)).toBe(false);
  });

  test('ends with the closing', () => {
    const sale = aSale(100);
    expect(isWarm(sale, sale.closesAt - 1)).toBe(true);
    expect(isWarm(sale, sale.closesAt)).toBe(false);
  });

  test('ends half an hour after the last slot in a long sale', () => {
    const admission = { ...aPublishedSale().admission, perSecond: 10, expectedShoppers: 600 };
    const sale = aPublishedSale({ closesAt: OPENS_AT + 90 * HOUR_MS, admission });
    expect(warmUntil(sale)).toBe(OPENS_AT + 31 * MINUTE_MS);
    expect(isWarm(sale, warmUntil(sale) - 1)).toBe(true);
    expect(isWarm(sale, warmUntil(sale))).toBe(false);
  });

  test('is over for a sale that was closed before it opened', () => {
    const sale = { ...aSale(100), closesAt: OPENS_AT - HOUR_MS };
    expect(isWarm(sale, OPENS_AT - 1)).toBe(false);
  });
});

describe('wantedEnvironments()', () => {
  const sales = [aSale(100), aSale(200, 30 * MINUTE_MS), aSale(400, 3 * HOUR_MS)];

  test('adds up the sales that overlap, and no others', () => {
    expect(wantedEnvironments(sales, OPENS_AT, 1000)).toBe(environmentsFor(100));
    expect(wantedEnvironments(sales, OPENS_AT + 15 * MINUTE_MS, 1000)).toBe(environmentsFor(300));
    // The first one ends, and takes nothing from the second.
    expect(wantedEnvironments(sales, OPENS_AT + 20 * MINUTE_MS, 1000)).toBe(environmentsFor(200));
    expect(wantedEnvironments(sales, OPENS_AT + 2 * HOUR_MS, 1000)).toBe(0);
  });

  test('is never more than the stage allows', () => {
    expect(wantedEnvironments(sales, OPENS_AT, 6)).toBe(6);
    expect(wantedEnvironments(sales, OPENS_AT, 5)).toBe(5);
    expect(wantedEnvironments(sales, OPENS_AT, 0)).toBe(0);
  });
});

describe('stockWritesFor()', () => {
  test('is four write units a buy', () => {
    expect([stockWritesFor(1000), stockWritesFor(5000)]).toEqual([4000, 20_000]);
  });
});

/** A function that keeps what it is asked for. */
function aFunction(asked: Asked) {
  const calls: (number | 'release')[] = [];
  const warmth: Warmth = {
    asked: async () => asked,
    ask: async (environments) => void calls.push(environments),
    release: async () => void calls.push('release'),
  };
  return { warmth, calls };
}

describe('converge()', () => {
  const ready = (environments: number): Asked => ({
    ...{ environments, ready: environments, isFailed: false },
  });

  test.each<[string, Asked, number, (number | 'release')[]]>([
    ['asks for some where there are none', ready(0), 5, [5]],
    ['asks for others where there are some', ready(4), 5, [5]],
    ['asks for fewer', ready(6), 5, [5]],
    ['asks for nothing twice', ready(5), 5, []],
    ['asks for nothing where none are there or wanted', ready(0), 0, []],
    ['releases what nobody wants any more', ready(5), 0, ['release']],
    ['asks again where they could not be had', { ...ready(5), isFailed: true }, 5, [5]],
    ['does not wait for those that are coming', { ...ready(5), ready: 1 }, 5, []],
  ])('%s', async (_, asked, wanted, expected) => {
    const { warmth, calls } = aFunction(asked);
    const outcome = await converge(warmth, wanted);
    expect(calls).toEqual(expected);
    expect(outcome).toEqual({
      kind: expected.length > 0 ? 'changed' : 'unchanged',
      ...{ before: asked.environments, now: wanted },
    });
  });
});
