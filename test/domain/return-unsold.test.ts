import { describe, expect, test } from '@jest/globals';
import { planUnits } from '../../domain/allocation.ts';
import { findSale } from '../../domain/catalogue.ts';
import { restock } from '../../domain/grant.ts';
import { type Status, shardKey, statusKey } from '../../domain/items.ts';
import type { Store } from '../../domain/ports.ts';
import { publishPlanned } from '../../domain/publish-planned.ts';
import { returnPlanned, returnUnsold } from '../../domain/return-unsold.ts';
import { insert, remove, set } from '../../domain/write.ts';
import { aPlannedSale, aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { aHolder, stopsAfter } from './claim-builders.ts';

const LAMP = { saleId: 'night', sku: 'lamp' };
/** The closing, the payment window, half an hour for late payments. */
const LATE_UNTIL = OPENS_AT + 3_600_000 + 900_000 + 1_800_000;

/** A sale of ten lamps, five more, three sold, whose sweeps have ended. */
async function aSaleThatIsOver(quiet = 2) {
  const place = await aPublishingPlace(aProduct(), aProduct({ sku: 'air', total: 'unlimited' }));
  const { world, store } = place;
  const endless = { product: 'air', units: 'unlimited' as const, limit: 1 };
  const items = [{ product: 'lamp', units: 10, limit: 5 }, anItem({ sku: 'sofa' }), endless];
  await publishPlanned(world, aPlannedSale({ items }));
  await restock({ store, queue: { send: async () => {} } }, LAMP, 1, 5, OPENS_AT);
  await sell(store, 0, 2, 'ada');
  await sell(store, 1, 1, 'bob');
  await store.write({ item: statusKey(LAMP), change: [set('quiet', quiet)] });
  return place;
}

const sell = (store: Store, shard: number, quantity: number, name: string) =>
  store.write({
    item: shardKey(LAMP, shard),
    change: [insert('sold', aHolder(name, { quantity }))],
  });

const hold = (store: Store, name: string) =>
  store.write({ item: shardKey(LAMP, 1), change: [insert('held', aHolder(name))] });

describe('returnUnsold()', () => {
  test('gives products what was not sold, restocks among it, once', async () => {
    const { store } = await aSaleThatIsOver();
    const first = await returnUnsold(store, 'night', LATE_UNTIL + 1);
    expect(first).toEqual({ kind: 'returned', items: [{ sku: 'lamp', sold: 3, returned: 12 }] });
    expect(await productAt(store)).toMatchObject({ allocated: 3, granted: {}, sold: { night: 3 } });
    const again = await returnUnsold(store, 'night', LATE_UNTIL + 1);
    expect(again).toEqual({ kind: 'returned', items: [{ sku: 'lamp', sold: 3, returned: 0 }] });
    expect((await productAt(store)).allocated).toBe(3);
  });

  test('waits until no late payment may buy', async () => {
    const { store } = await aSaleThatIsOver();
    const early = { kind: 'too-early', until: LATE_UNTIL };
    expect(await returnUnsold(store, 'night', LATE_UNTIL)).toEqual(early);
    expect((await productAt(store)).allocated).toBe(15);
  });

  test('has the closing moved no more once units have gone back', async () => {
    const { store } = await aSaleThatIsOver();
    await returnUnsold(store, 'night', LATE_UNTIL + 1);
    expect(await findSale(store, 'night')).toMatchObject({ closed: true });
  });

  test('waits until sweeps have ended', async () => {
    const { store } = await aSaleThatIsOver(1);
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toEqual({ kind: 'open' });
    await store.write({ item: statusKey(LAMP), change: [set('quiet', 2)] });
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toMatchObject({ kind: 'returned' });
  });

  test('waits where a shard is missing, and where nothing is known of the sale', async () => {
    const { store, world } = await aSaleThatIsOver();
    await store.write({ item: statusKey(LAMP), change: [set('shards', 3)] });
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toEqual({ kind: 'open' });
    await publishPlanned(world, aPlannedSale({ id: 'empty', items: [] }));
    expect(await returnUnsold(store, 'empty', LATE_UNTIL + 1)).toEqual({ kind: 'open' });
  });

  test('waits while a unit is held', async () => {
    const { store } = await aSaleThatIsOver();
    await hold(store, 'cleo');
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toEqual({ kind: 'open' });
    expect((await productAt(store)).allocated).toBe(15);
    await store.write({ item: shardKey(LAMP, 1), change: [remove('held', aHolder('cleo'))] });
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toMatchObject({ kind: 'returned' });
  });

  test('returns the units of a restock that never came to be for sale', async () => {
    const { store } = await aSaleThatIsOver();
    const cut = { store: stopsAfter(store, 1), queue: { send: async () => {} } };
    await expect(restock(cut, LAMP, 2, 20, OPENS_AT)).rejects.toThrow('stopped');
    expect((await productAt(store)).allocated).toBe(35);
    await returnUnsold(store, 'night', LATE_UNTIL + 1);
    expect((await productAt(store)).allocated).toBe(3);
    const late = await restock({ ...cut, store }, LAMP, 2, 20, OPENS_AT);
    expect(late).toEqual({ kind: 'given-back', sku: 'lamp' });
  });

  test('has nothing to return of a sale without products, or that is not there', async () => {
    const { store, world } = await aPublishingPlace();
    expect(await returnUnsold(store, 'night', OPENS_AT)).toEqual({ kind: 'unknown-sale' });
    await publishPlanned(world, aPlannedSale({ items: [anItem()] }));
    const quiet: Partial<Status> = { quiet: 2 };
    await store.write({ item: statusKey(LAMP), change: [set('quiet', quiet.quiet ?? 0)] });
    const nothing = { kind: 'returned', items: [] };
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toEqual(nothing);
  });

  test('counts as sold nothing of an item that was never made', async () => {
    const { store, world } = await aPublishingPlace(aProduct());
    const items = [anItem({ sku: 'sofa' }), { product: 'lamp', units: 10, limit: 1 }];
    const cut = { ...world, store: stopsAfter(store, 5) };
    await expect(publishPlanned(cut, aPlannedSale({ items }))).rejects.toThrow('stopped');
    const sofa = statusKey({ saleId: 'night', sku: 'sofa' });
    await store.write({ item: sofa, change: [set('quiet', 2)] });
    expect(await returnUnsold(store, 'night', LATE_UNTIL + 1)).toMatchObject({
      items: [{ sku: 'lamp', sold: 0, returned: 10 }],
    });
  });
});

describe('returnPlanned()', () => {
  test('gives back what was set aside for a sale that never was published', async () => {
    const { world, store } = await aPublishingPlace(aProduct(), aProduct({ sku: 'sofa' }));
    await planUnits(store, { saleId: 'night', sku: 'lamp', units: 7 });
    await planUnits(store, { saleId: 'day', sku: 'lamp', units: 2 });
    expect(await returnPlanned(world, 'night')).toEqual([{ sku: 'lamp', sold: 0, returned: 7 }]);
    expect(await returnPlanned(world, 'night')).toEqual([]);
    expect(await productAt(store)).toMatchObject({ allocated: 2, planned: { day: 2 } });
  });
});
