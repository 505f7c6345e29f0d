import { describe, expect, test } from '@jest/globals';
import type { Sale } from '../../site/api.ts';
import { distanceText, inOrder, nearest } from '../../site/distance.ts';

const BERLIN = { name: 'Berlin', latitude: 52.52, longitude: 13.405 };
const HAMBURG = { name: 'Hamburg', latitude: 53.55, longitude: 9.9333 };
const AUCKLAND = { name: 'Auckland', latitude: -36.85, longitude: 174.76 };

/** Potsdam, as CloudFront writes it. */
const HERE = { latitude: '52.39000', longitude: '13.06000' };

const NOWHERE = { latitude: null, longitude: null };

const aSale = (
  id: string,
  places: readonly (typeof BERLIN)[],
  changes: Partial<Sale> = {},
): Sale => ({
  id,
  title: id,
  currency: 'EUR',
  opensAtEpochMs: 1000,
  closesAtEpochMs: 2000,
  items: places.map((place, i) => ({
    sku: `${i}`,
    name: id,
    priceMinor: 1,
    limitPerShopper: 1,
    place,
  })),
  ...changes,
});

describe('nearest()', () => {
  test('finds the nearest of the places', () => {
    const near = nearest(aSale('a', [HAMBURG, BERLIN]), HERE);
    expect(near?.place).toBe(BERLIN);
    expect(near?.km).toBeCloseTo(27.5, 0);
  });

  test('measures around the globe', () => {
    expect(nearest(aSale('a', [AUCKLAND]), HERE)?.km).toBeCloseTo(17_740, -2);
  });

  test.each([
    ['the shopper is nowhere', aSale('a', [BERLIN]), NOWHERE],
    ['nobody said where', aSale('a', [BERLIN]), undefined],
    ['the sale has no place', aSale('a', []), HERE],
  ])('finds nothing when %s', (_case, sale, where) => {
    expect(nearest(sale, where)).toBeUndefined();
  });
});

describe('inOrder()', () => {
  const ids = (sales: readonly Sale[]) => sales.map(({ id }) => id);
  const far = aSale('far', [AUCKLAND]);
  const near = aSale('near', [BERLIN], { opensAtEpochMs: 1900 });
  const none = aSale('none', []);
  const over = aSale('over', [BERLIN], { closesAtEpochMs: 1500 });

  test('puts the nearest first, what has no place after it, and what is over last', () => {
    expect(ids(inOrder([over, none, far, near], HERE, 1500))).toEqual([
      'near',
      'far',
      'none',
      'over',
    ]);
  });

  test('keeps a sale among the others until it is over', () => {
    expect(ids(inOrder([far, over], HERE, 1499))).toEqual(['over', 'far']);
  });

  test('goes by the opening, where nobody knows where the shopper is', () => {
    expect(ids(inOrder([near, far], NOWHERE, 0))).toEqual(['far', 'near']);
  });
});

describe('distanceText()', () => {
  test.each([
    [27.4, 'de-DE', '27 km'],
    [254, 'de-DE', '250 km'],
    [0.2, 'de', '1 km'],
    [27.4, 'en-US', '17 mi'],
    [27.4, 'en', '27 km'],
    [17_740, 'en-IE', '18,000 km'],
  ])('writes %d km in %s as %s', (km, locale, text) => {
    expect(distanceText(km, locale).replace(/\s/g, ' ')).toBe(text);
  });
});
