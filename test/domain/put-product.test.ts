import { describe, expect, test } from '@jest/globals';
import { planUnits } from '../../domain/allocation.ts';
import { putProduct } from '../../domain/put-product.ts';
import { aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { meanwhile } from './claim-builders.ts';

const place = (total: number) => aPublishingPlace(aProduct({ total }));

const any = () => true;

const taking = (units: number) => ({ saleId: 'night', sku: 'lamp', units });

describe('putProduct()', () => {
  test('adds, changes, and changes nothing the second time', async () => {
    const { store } = await aPublishingPlace();
    expect(await putProduct(store, aProduct())).toEqual({ kind: 'added' });
    expect(await putProduct(store, aProduct())).toEqual({ kind: 'unchanged' });
    const place = { name: 'Kyoto', latitude: 35, longitude: 135.8 };
    const provider = { name: 'North', reference: 'N-1' };
    const other = aProduct({ price: 2, image: '/a.webp', place, provider });
    expect(await putProduct(store, other)).toEqual({ kind: 'changed' });
    const turned = Object.fromEntries(Object.entries(other).toReversed()) as typeof other;
    expect(await putProduct(store, turned)).toEqual({ kind: 'unchanged' });
    expect(await productAt(store)).toMatchObject(other);
  });

  test('never has fewer units than sales have taken, even when they take them meanwhile', async () => {
    const { store } = await place(20);
    await planUnits(store, taking(10));
    expect(await putProduct(store, aProduct({ total: 9 }))).toEqual({
      kind: 'too-few',
      allocated: 10,
    });
    expect(await putProduct(store, aProduct({ total: 10 }))).toEqual({ kind: 'changed' });
    await putProduct(store, aProduct({ total: 20 }));
    const meddling = meanwhile(store, any, async () => {
      await planUnits(store, taking(11));
    });
    const late = await putProduct(meddling, aProduct({ total: 10 }));
    expect(late).toEqual({ kind: 'too-few', allocated: 11 });
    expect(await productAt(store)).toMatchObject({ total: 20, allocated: 11 });
  });

  test('keeps its end, or that it has none', async () => {
    const { store } = await place(100);
    const endless = aProduct({ total: 'unlimited' });
    expect(await putProduct(store, endless)).toEqual({ kind: 'other-kind', total: 100 });
    const other = { ...endless, sku: 'sofa' };
    await putProduct(store, other);
    expect(await putProduct(store, { ...other, total: 5 })).toEqual({
      ...{ kind: 'other-kind', total: 'unlimited' },
    });
    expect(await putProduct(store, { ...other, price: 5 })).toEqual({ kind: 'changed' });
  });

  test('gives up where the item changes faster than it can be written to', async () => {
    const { store } = await place(100);
    const busy = {
      ...store,
      write: async () => ({ kind: 'refused' as const, item: { ...(await store.read([key]))[0] } }),
    };
    const key = { table: 'catalogue' as const, pk: 'PRODUCT#lamp' };
    await expect(putProduct(busy, aProduct({ price: 5 }))).rejects.toThrow(
      'Cannot write "PRODUCT#lamp": it changed 50 times meanwhile',
    );
  });
});
