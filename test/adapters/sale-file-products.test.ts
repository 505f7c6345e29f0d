import { describe, expect, test } from '@jest/globals';
import { printSaleFile, readSaleFile } from '../../adapters/sale-file.ts';
import { anItem, aSaleFile, broken, print } from '../support/sale-files.ts';

const items = (...all: readonly object[]) => ({ items: all });

describe('readSaleFile() of items that are made of products', () => {
  test('reads product, units and limit, and beside them items as ever', () => {
    const given = [
      { product: 'A-1', units: 50, limit: 2 },
      { product: 'A-2', units: 'unlimited' },
    ];
    const read = readSaleFile(print(aSaleFile(items(...given, anItem()))), 'x');
    expect(read).toMatchObject({
      sale: { items: [given[0], { ...given[1], limit: 1 }, { ...anItem(), limit: 1 }] },
    });
    const text = 'sale' in read ? printSaleFile(read.sale) : '';
    expect(readSaleFile(text, 'x')).toEqual(read);
  });

  test.each([
    [
      'a price of its own',
      { product: 'A', units: 1, price: 5 },
      /^items\[0\]\.price: there is no such property; .*product, units, limit$/,
    ],
    ['no units', { product: 'A' }, /^items\[0\]\.units: it must be an integer from 1 to 10000000/],
    ['0 units', { product: 'A', units: 0 }, /^items\[0\]\.units: it must be an integer from 1/],
    [
      'a name that is no SKU',
      { product: 'a b', units: 1 },
      /^items\[0\]\.product: it must be 1 to 40/,
    ],
    [
      'a limit above its units',
      { product: 'A', units: 2, limit: 3 },
      /^items\[0\]\.limit: it must be no more than the units, 2$/,
    ],
  ])('refuses %s', (_, item, rule) => {
    expect(broken(items(item))).toEqual([expect.stringMatching(rule)]);
  });

  test('refuses one SKU twice, whichever item is of a product', () => {
    const twice = items(anItem(), { product: 'AURORA-42', units: 1 });
    expect(broken(twice)).toEqual([
      'items[1].product: it must be unique in the sale: items[0] has it too',
    ]);
  });
});
