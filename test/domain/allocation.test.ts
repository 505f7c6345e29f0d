import { describe, expect, test } from '@jest/globals';
import {
  dropPlan,
  giveBackUnsold,
  grantPlanned,
  planUnits,
  takeUnits,
} from '../../domain/allocation.ts';
import type { Store } from '../../domain/ports.ts';
import { aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { meanwhile } from './claim-builders.ts';

const place = (total: number | 'unlimited' = 100) => aPublishingPlace(aProduct({ total }));

const any = () => true;

const taking = (units: number, saleId = 'night') => ({ saleId, sku: 'lamp', units });

describe('planUnits()', () => {
  test('sets aside as many as are free, and not one more', async () => {
    const { store } = await place(10);
    expect(await planUnits(store, taking(11))).toEqual({
      ...{ kind: 'short', sku: 'lamp', units: 11, free: 10 },
    });
    expect((await productAt(store)).allocated).toBe(0);
    expect(await planUnits(store, taking(10))).toEqual({ kind: 'allocated' });
    expect(await productAt(store)).toMatchObject({ allocated: 10, planned: { night: 10 } });
  });

  test('takes nothing twice, and other units in place of those before', async () => {
    const { store } = await place(10);
    for (const units of [6, 6, 9, 4]) {
      expect(await planUnits(store, taking(units))).toEqual({ kind: 'allocated' });
      expect(await productAt(store)).toMatchObject({ allocated: units, planned: { night: units } });
    }
    expect(await planUnits(store, taking(11))).toMatchObject({ kind: 'short', free: 10 });
  });

  test('leaves what is granted to a sale as it is', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(7));
    expect(await planUnits(store, taking(9))).toEqual({ kind: 'allocated' });
    expect(await productAt(store)).toMatchObject({ allocated: 7, planned: {} });
  });

  test('knows no product that is not there', async () => {
    const { store } = await place();
    expect(await planUnits(store, { ...taking(1), sku: 'sofa' })).toEqual({
      ...{ kind: 'unknown-product', sku: 'sofa' },
    });
  });

  test('sees that somebody else took the last units meanwhile', async () => {
    const { store } = await place(10);
    const meddling = meanwhile(store, any, async () => {
      await planUnits(store, taking(8, 'day'));
    });
    expect(await planUnits(meddling, taking(5))).toMatchObject({ kind: 'short', free: 2 });
    expect(await productAt(store)).toMatchObject({ allocated: 8, planned: { day: 8 } });
  });
});

describe('grantPlanned()', () => {
  test('grants what was set aside, once, whatever was set aside before', async () => {
    const { store } = await place(20);
    await planUnits(store, taking(15));
    for (let times = 0; times < 2; times++) {
      expect(await grantPlanned(store, taking(12))).toEqual({ kind: 'allocated' });
      expect(await productAt(store)).toMatchObject({
        ...{ allocated: 12, planned: {}, granted: { 'night#0': 12 } },
      });
    }
  });

  test('takes what is missing, if it is free', async () => {
    const { store } = await place(20);
    await planUnits(store, taking(5));
    await planUnits(store, taking(8, 'day'));
    expect(await grantPlanned(store, taking(13))).toMatchObject({ kind: 'short', free: 12 });
    expect(await grantPlanned(store, taking(12))).toEqual({ kind: 'allocated' });
    expect((await productAt(store)).allocated).toBe(20);
  });
});

describe('twins', () => {
  test.each<[string, (store: Store) => Promise<unknown>]>([
    ['setting aside', (store) => planUnits(store, taking(10))],
    ['granting', (store) => grantPlanned(store, taking(10))],
    ['taking for a restock', (store) => takeUnits(store, taking(10), 1)],
  ])('%s at the same time take units once', async (_, act) => {
    const { store } = await place();
    expect(await act(meanwhile(store, any, () => act(store)))).toEqual({ kind: 'allocated' });
    expect((await productAt(store)).allocated).toBe(10);
  });

  test('taking for a sale that gives back meanwhile take nothing', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(10));
    const ending = meanwhile(store, any, () => giveBackUnsold(store, 'night', 'lamp', 3));
    expect(await takeUnits(ending, taking(5), 1)).toMatchObject({ kind: 'given-back' });
    expect((await productAt(store)).allocated).toBe(3);
  });

  test('setting aside what is granted meanwhile change nothing', async () => {
    const { store } = await place();
    const granting = meanwhile(store, any, () => grantPlanned(store, taking(10)));
    expect(await planUnits(granting, taking(20))).toEqual({ kind: 'allocated' });
    expect(await productAt(store)).toMatchObject({ allocated: 10, planned: {} });
  });
});

describe('takeUnits()', () => {
  test('takes the units of a restock by its number, once', async () => {
    const { store } = await place(20);
    await grantPlanned(store, taking(10));
    for (let times = 0; times < 2; times++) {
      expect(await takeUnits(store, taking(6), 1)).toEqual({ kind: 'allocated' });
      expect(await productAt(store)).toMatchObject({
        ...{ allocated: 16, granted: { 'night#0': 10, 'night#1': 6 } },
      });
    }
    expect(await takeUnits(store, taking(4), 1)).toEqual({
      ...{ kind: 'granted-otherwise', sku: 'lamp', units: 6 },
    });
    expect(await takeUnits(store, taking(5), 2)).toMatchObject({ kind: 'short', free: 4 });
    expect(await takeUnits(store, taking(4), 2)).toEqual({ kind: 'allocated' });
  });

  test('counts units of a product without end, and never refuses', async () => {
    const { store } = await place('unlimited');
    expect(await takeUnits(store, taking(10_000_000), 1)).toEqual({ kind: 'allocated' });
    expect((await productAt(store)).allocated).toBe(10_000_000);
  });
});

describe('dropPlan()', () => {
  test('gives back what was set aside, once, and says how many', async () => {
    const { store } = await place();
    await planUnits(store, taking(7));
    expect(await dropPlan(store, 'night', 'lamp')).toBe(7);
    expect(await dropPlan(store, 'night', 'lamp')).toBe(0);
    expect(await dropPlan(store, 'night', 'sofa')).toBe(0);
    expect(await productAt(store)).toMatchObject({ allocated: 0, planned: {} });
  });
});

describe('giveBackUnsold()', () => {
  test('gives back what all grants together did not sell, once', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(10));
    await takeUnits(store, taking(5), 1);
    await grantPlanned(store, taking(3, 'night-2'));
    expect(await giveBackUnsold(store, 'night', 'lamp', 4)).toEqual({ sold: 4, returned: 11 });
    const after = { allocated: 7, granted: { 'night-2#0': 3 }, sold: { night: 4 } };
    expect(await productAt(store)).toMatchObject(after);
    expect(await giveBackUnsold(store, 'night', 'lamp', 4)).toEqual({ sold: 4, returned: 0 });
    expect(await productAt(store)).toMatchObject(after);
  });

  test('lets nothing be taken for the sale after it', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(10));
    await giveBackUnsold(store, 'night', 'lamp', 0);
    const refused = { kind: 'given-back', sku: 'lamp' };
    expect(await takeUnits(store, taking(1), 1)).toEqual(refused);
    expect(await grantPlanned(store, taking(10))).toEqual(refused);
    expect(await planUnits(store, taking(10))).toEqual(refused);
  });

  test('has nothing to say where nothing was granted', async () => {
    const { store } = await place();
    expect(await giveBackUnsold(store, 'night', 'lamp', 0)).toBeUndefined();
    expect(await giveBackUnsold(store, 'night', 'sofa', 0)).toBeUndefined();
  });

  test('counts a restock that came between', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(10));
    const meddling = meanwhile(store, any, async () => {
      await takeUnits(store, taking(5), 1);
    });
    expect(await giveBackUnsold(meddling, 'night', 'lamp', 4)).toEqual({ sold: 4, returned: 11 });
    expect((await productAt(store)).allocated).toBe(4);
  });

  test('refuses to believe that more was sold than granted', async () => {
    const { store } = await place();
    await grantPlanned(store, taking(10));
    await expect(giveBackUnsold(store, 'night', 'lamp', 11)).rejects.toThrow(
      'sale "night" has sold 11, and was granted 10',
    );
  });
});
