import { describe, expect, test } from '@jest/globals';
import { asPlanned, skuOf, wholeSale } from '../../domain/planned-sale.ts';
import { aPlannedSale } from '../support/catalogue.ts';
import { anItem } from '../support/sales.ts';

const OF_PRODUCT = { product: 'lamp', units: 10, limit: 1 };

describe('wholeSale()', () => {
  test('is a sale that needs no product, and nothing where one item does', () => {
    const whole = aPlannedSale({ items: [anItem()] });
    expect(wholeSale(whole)).toEqual(whole);
    expect(
      wholeSale(aPlannedSale({ items: [anItem({ sku: 'sofa' }), OF_PRODUCT] })),
    ).toBeUndefined();
  });
});

describe('asPlanned()', () => {
  test('names the product of what was made of one, and leaves the rest', () => {
    const sofa = anItem({ sku: 'sofa' });
    const items = [anItem({ fromProduct: true }), sofa, OF_PRODUCT];
    expect(asPlanned(aPlannedSale({ items })).items).toEqual([OF_PRODUCT, sofa, OF_PRODUCT]);
  });
});

describe('skuOf()', () => {
  test('is that of the product, where the item is made of one', () => {
    expect([skuOf(OF_PRODUCT), skuOf(anItem({ sku: 'sofa' }))]).toEqual(['lamp', 'sofa']);
  });
});
