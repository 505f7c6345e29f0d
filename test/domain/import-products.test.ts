import { describe, expect, test } from '@jest/globals';
import { grantPlanned } from '../../domain/allocation.ts';
import { dryStore } from '../../domain/dry-store.ts';
import { importProducts, type ProductRow } from '../../domain/import-products.ts';
import { aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { stopsAfter } from './claim-builders.ts';

const row = (line: number, sku: string, changes = {}): ProductRow => ({
  line,
  product: aProduct({ sku, ...changes }),
});

const BAD: ProductRow = {
  line: 4,
  sku: 'bad',
  faults: [{ path: 'price', value: -1, rule: 'it must be 0 or more' }],
};

const counts = { kind: 'imported', added: 0, changed: 0, unchanged: 0, refused: 0 };

describe('importProducts()', () => {
  test('keeps what is right, and says of each row what became of it', async () => {
    const { store } = await aPublishingPlace(aProduct({ sku: 'old' }), aProduct({ sku: 'same' }));
    const rows = [row(2, 'new'), row(3, 'old', { price: 5 }), BAD, row(5, 'same')];
    const told: number[] = [];
    expect(await importProducts(store, rows, (done) => told.push(done))).toEqual({
      ...{ ...counts, added: 1, changed: 1, unchanged: 1, refused: 1 },
      rows: [
        { line: 2, sku: 'new', fate: 'added' },
        { line: 3, sku: 'old', fate: 'changed' },
        { ...BAD, fate: 'refused' },
        { line: 5, sku: 'same', fate: 'unchanged' },
      ],
    });
    expect(told).toEqual([4]);
    expect((await productAt(store, 'old')).price).toBe(5);
  });

  test('changes nothing when it is repeated', async () => {
    const { store } = await aPublishingPlace();
    const rows = Array.from({ length: 250 }, (_, index) => row(index + 2, `p-${index}`));
    expect(await importProducts(store, rows)).toMatchObject({ ...counts, added: 250 });
    const before = JSON.stringify([...store.items]);
    expect(await importProducts(store, rows)).toMatchObject({ ...counts, unchanged: 250 });
    expect(JSON.stringify([...store.items])).toBe(before);
  });

  test('does what is left when it was cut short', async () => {
    const { store } = await aPublishingPlace();
    const rows = [row(2, 'a'), row(3, 'b'), row(4, 'c')];
    await expect(importProducts(stopsAfter(store, 2), rows)).rejects.toThrow('stopped');
    expect(await importProducts(store, rows)).toMatchObject({ ...counts, added: 1, unchanged: 2 });
  });

  test('takes the first of two rows with one SKU, and refuses the second', async () => {
    const { store } = await aPublishingPlace();
    const report = await importProducts(store, [row(2, 'a'), row(3, 'a', { price: 5 })]);
    const rule = 'it must be unique in the file: line 2 has it too';
    expect(report.rows[1]).toEqual({
      ...{ line: 3, sku: 'a', fate: 'refused' },
      faults: [{ path: 'sku', value: 'a', rule }],
    });
    expect((await productAt(store, 'a')).price).toBe(1999);
  });

  test('refuses a total below what sales have taken, with the numbers, and not one above', async () => {
    const { store } = await aPublishingPlace(aProduct());
    await grantPlanned(store, { saleId: 'night', sku: 'lamp', units: 40 });
    const below = await importProducts(store, [row(2, 'lamp', { total: 39 })]);
    expect(below.rows[0]?.faults).toEqual([
      {
        ...{ path: 'total', value: 39 },
        rule: 'it must be no less than the 40 units that sales have taken',
      },
    ]);
    const enough = await importProducts(store, [row(2, 'lamp', { total: 40 })]);
    expect(enough.rows[0]?.fate).toBe('changed');
  });

  test('refuses to give a product an end, or to take it away', async () => {
    const endless = { total: 'unlimited' };
    const { store } = await aPublishingPlace(
      aProduct(),
      aProduct({ sku: 'air', total: 'unlimited' }),
    );
    const rows = [row(2, 'lamp', endless), row(3, 'air')];
    const report = await importProducts(store, rows);
    expect(report.rows.flatMap(({ faults = [] }) => faults.map(({ rule }) => rule))).toEqual([
      'it must stay a number, as it is 100 now',
      'it must stay "unlimited": sales may have taken any number of units',
    ]);
  });
});

describe('dryStore()', () => {
  test('says what an import would do, and changes nothing', async () => {
    const { store } = await aPublishingPlace(aProduct());
    const before = JSON.stringify([...store.items]);
    const dry = dryStore(store);
    const rows = [row(2, 'lamp', { price: 5 }), row(3, 'new')];
    expect(await importProducts(dry, rows)).toMatchObject({ added: 1, changed: 1 });
    expect(await importProducts(dry, rows)).toMatchObject({ unchanged: 2 });
    expect(JSON.stringify([...store.items])).toBe(before);
  });
});
