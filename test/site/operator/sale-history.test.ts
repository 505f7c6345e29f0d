import { describe, expect, test } from '@jest/globals';
import type { Sale, SaleItem } from '../../../site/operator/answers.ts';
import { addLook, noHistory, totalsOf } from '../../../site/operator/sale-history.ts';

const anItem = (changes: Partial<SaleItem> = {}): SaleItem => ({
  ...{ sku: 'lamp', name: 'Lamp', units: 100, forSale: 100, held: 0, paid: 0, returns: 0 },
  ...{ soldOut: false, isPaidBehind: false, priceMinor: 1999, grants: 0, ...changes },
});

const look = (second: number, changes: Partial<SaleItem> = {}): Sale =>
  ({ nowEpochMs: 1_000_000 + second * 1000, items: [anItem(changes)] }) as unknown as Sale;

describe('totalsOf()', () => {
  test('adds up items, and leaves out what is not known', () => {
    const items = [anItem({ forSale: 3, held: 1 }), anItem({ forSale: null, held: null, paid: 7 })];
    expect(totalsOf({ items })).toEqual({ forSale: 3, held: 1, paid: 7 });
  });
});

describe('addLook()', () => {
  const seen = (...looks: readonly Sale[]) => {
    const columns = noHistory();
    for (const one of looks) addLook(columns, one);
    return columns;
  };

  test('adds a column for each look', () => {
    const [at, forSale, held, paid, perSecond] = seen(
      look(0),
      look(2, { forSale: 90, held: 6, paid: 4 }),
    );
    expect([at, forSale, held, paid]).toEqual([
      [1000, 1002],
      [100, 90],
      [0, 6],
      [0, 4],
    ]);
    expect(perSecond).toEqual([0, 5]);
  });

  test('takes a look that is no later for none', () => {
    expect(seen(look(2), look(2), look(1))[0]).toEqual([1002]);
  });

  test('counts nothing sold when units come back', () => {
    expect(seen(look(0, { held: 5 }), look(2, { held: 3 }))[4].at(-1)).toBe(0);
  });

  test('means the last six seconds, not more', () => {
    const columns = seen(look(0), look(10, { held: 50 }), look(16, { held: 56 }));
    expect(columns[4].at(-1)).toBe(1);
  });

  test('remembers half an hour, and not more', () => {
    const columns = seen(...Array.from({ length: 901 }, (_, index) => look(index * 2)));
    expect(columns.map((column) => column.length)).toEqual([900, 900, 900, 900, 900]);
    expect(columns[0][0]).toBe(1002);
  });
});
