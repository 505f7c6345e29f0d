import { describe, expect, test } from '@jest/globals';
import { dropPlan, planUnits } from '../../domain/allocation.ts';
import { findDraft, saveDraft } from '../../domain/draft.ts';
import { restock } from '../../domain/grant.ts';
import { statusKey } from '../../domain/items.ts';
import { publish } from '../../domain/publish.ts';
import { examine, publishPlanned } from '../../domain/publish-planned.ts';
import { putProduct } from '../../domain/put-product.ts';
import { readStatus } from '../../domain/status.ts';
import { aPlannedSale, aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { meanwhile, stopsAfter } from './claim-builders.ts';

const LAMP = { saleId: 'night', sku: 'lamp' };
const queue = { send: async () => {} };

describe('publishPlanned()', () => {
  test('makes items of products, as they are then, and takes their units', async () => {
    const place = { name: 'Kyoto', latitude: 35, longitude: 135.8 };
    const product = aProduct({ image: '/lamp.webp', place });
    const { world, store } = await aPublishingPlace(product);
    const items = [{ product: 'lamp', units: 10, limit: 2 }, anItem({ sku: 'sofa' })];
    const outcome = await publishPlanned(world, aPlannedSale({ items }));
    const lamp = anItem({ limit: 2, image: '/lamp.webp', place, fromProduct: true });
    expect(outcome).toMatchObject({ sale: { items: [lamp, anItem({ sku: 'sofa' })] } });
    expect(await productAt(store)).toMatchObject({ allocated: 10, granted: { 'night#0': 10 } });
    expect(await readStatus(store, LAMP)).toMatchObject({ cap: 10, fromProduct: true });
  });

  test('is the same sale when it is repeated after any write, whatever the product is by then', async () => {
    for (let writes = 0; writes < 5; writes++) {
      const { world, store } = await aPublishingPlace(aProduct({ total: 10 }));
      await saveDraft(world, aPlannedSale(), 0);
      const cut = { ...world, store: stopsAfter(store, writes) };
      await expect(publishPlanned(cut, aPlannedSale())).rejects.toThrow('stopped');
      const isEntered = writes >= 2;
      await putProduct(store, aProduct({ total: 10, price: 5 }));
      const again = await publishPlanned(world, aPlannedSale());
      expect(again).toMatchObject({ sale: { items: [{ price: isEntered ? 1999 : 5 }] } });
      expect(await productAt(store)).toMatchObject({ allocated: 10, planned: {} });
      expect((await readStatus(store, LAMP))?.cap).toBe(10);
      expect(await findDraft(store, 'night')).toBeUndefined();
    }
  });

  test('can be tried with another file as long as nothing has entered the catalogue', async () => {
    const { world, store } = await aPublishingPlace(
      aProduct({ total: 10 }),
      aProduct({ sku: 'sofa' }),
    );
    const cut = { ...world, store: stopsAfter(store, 1) };
    await expect(publishPlanned(cut, aPlannedSale())).rejects.toThrow('stopped');
    const sofa = { product: 'sofa', units: 3, limit: 1 };
    const items = [sofa];
    expect(await publishPlanned(world, aPlannedSale({ items }))).toMatchObject({
      kind: 'published',
    });
    expect(await productAt(store)).toMatchObject({ allocated: 0, planned: {} });
  });

  test('says all that products do not have, and takes nothing', async () => {
    const { world, store } = await aPublishingPlace(
      aProduct({ total: 9 }),
      aProduct({ sku: 'yen', currency: 'JPY' }),
    );
    const of = (product: string, units: number | 'unlimited') => ({ product, units, limit: 1 });
    const items = [of('lamp', 10), of('yen', 1), of('sofa', 1)];
    expect(await publishPlanned(world, aPlannedSale({ items }))).toEqual({
      kind: 'impossible',
      obstacles: [
        { kind: 'short', sku: 'lamp', units: 10, free: 9 },
        { kind: 'other-currency', sku: 'yen', product: 'JPY', sale: 'EUR' },
        { kind: 'unknown-product', sku: 'sofa' },
      ],
    });
    const endless = await publishPlanned(world, aPlannedSale({ items: [of('lamp', 'unlimited')] }));
    expect(endless).toMatchObject({ obstacles: [{ kind: 'has-an-end', sku: 'lamp', total: 9 }] });
    expect(await productAt(store)).toMatchObject({ allocated: 0, planned: {} });
  });

  test('sells a product without end, with and without an end of its own', async () => {
    const { world, store } = await aPublishingPlace(aProduct({ total: 'unlimited' }));
    const sale = (id: string, units: number | 'unlimited') =>
      aPlannedSale({ id, items: [{ product: 'lamp', units, limit: 1 }] });
    expect(await publishPlanned(world, sale('day', 'unlimited'))).toMatchObject({
      kind: 'published',
    });
    expect(await publishPlanned(world, sale('night', 40))).toMatchObject({ kind: 'published' });
    expect((await productAt(store)).allocated).toBe(40);
  });

  test('gives back what it set aside where another item is taken meanwhile', async () => {
    const sofa = aProduct({ sku: 'sofa', total: 5 });
    const { world, store } = await aPublishingPlace(aProduct(), sofa);
    const items = ['lamp', 'sofa'].map((product) => ({ product, units: 5, limit: 1 }));
    const day = aPlannedSale({ id: 'day', items: [{ product: 'sofa', units: 1, limit: 1 }] });
    const busy = meanwhile(
      store,
      () => true,
      () => publishPlanned(world, day),
    );
    expect(await publishPlanned({ ...world, store: busy }, aPlannedSale({ items }))).toEqual({
      ...{ kind: 'short', sku: 'sofa', units: 5, free: 4 },
    });
    expect(await productAt(store)).toMatchObject({ allocated: 0, planned: {} });
  });

  test('lets one of two sales of one id in, and the other take nothing', async () => {
    const { world, store } = await aPublishingPlace(aProduct());
    const other = aPlannedSale({
      title: 'Other',
      items: [{ product: 'lamp', units: 4, limit: 1 }],
    });
    const isEntry = ({ item }: { item: { pk: string } }) => item.pk === 'SALE#night';
    const busy = meanwhile(store, isEntry, () => publishPlanned(world, other));
    const outcome = await publishPlanned({ ...world, store: busy }, aPlannedSale());
    expect(outcome).toMatchObject({ kind: 'differs', differences: [{ path: 'title' }, {}] });
    expect(await productAt(store)).toMatchObject({ allocated: 4, granted: { 'night#0': 4 } });
  });

  test('is held to the rate that is let through: to it, and not one beyond', async () => {
    const { world } = await aPublishingPlace(aProduct());
    const sale = (id: string, perSecond: number) =>
      aPlannedSale({
        ...{ id, items: [{ product: 'lamp', units: 1, limit: 1 }] },
        admission: { expectedShoppers: 0, perSecond, difficulty: 0, ticketSeconds: 10 },
      });
    expect(await publishPlanned(world, sale('day', 600))).toMatchObject({ kind: 'published' });
    const tooMuch = await publishPlanned(world, sale('dawn', 401));
    expect(tooMuch).toMatchObject({ kind: 'too-much', peak: { perSecond: 1001, at: OPENS_AT } });
    expect(await publishPlanned(world, sale('dusk', 400))).toMatchObject({ kind: 'published' });
    const over = await publishPlanned(world, sale('dawn', 401), { overLimit: true });
    expect(over).toMatchObject({ kind: 'published' });
    // It is published: whatever came beside it, repeating it finishes it.
    expect(await publishPlanned(world, sale('dawn', 401))).toMatchObject({ kind: 'published' });
    const unknown = { ...world, buyRate: undefined };
    expect(await publishPlanned(unknown, sale('noon', 9999))).toMatchObject({ kind: 'published' });
  });

  test('says how a file differs from what is published, and changes nothing', async () => {
    const { world, store } = await aPublishingPlace(aProduct());
    await publishPlanned(world, aPlannedSale());
    await restock({ store, queue }, LAMP, 1, 5, OPENS_AT);
    const items = [{ product: 'lamp', units: 20, limit: 1 }];
    const before = JSON.stringify([...store.items]);
    expect(await publishPlanned(world, aPlannedSale({ items }))).toMatchObject({
      kind: 'differs',
      differences: [{ is: 15, remedy: { kind: 'restock', sku: 'lamp', units: 5 } }],
    });
    expect(JSON.stringify([...store.items])).toBe(before);
  });

  test('keeps a draft that says something else', async () => {
    const { world, store } = await aPublishingPlace(aProduct());
    await saveDraft(world, aPlannedSale({ title: 'Draft' }), 0);
    await publishPlanned(world, aPlannedSale());
    expect(await findDraft(store, 'night')).toMatchObject({ sale: { title: 'Draft' } });
  });

  test('hands on why a sale cannot be published at all', async () => {
    const { world } = await aPublishingPlace(aProduct());
    const late = { ...world, clock: () => OPENS_AT + 3_600_000 };
    expect(await publishPlanned(late, aPlannedSale())).toEqual({ kind: 'closed-already' });
  });
});

describe('publish()', () => {
  test('stops before there are shards where granted units are missing, and goes on once they are there', async () => {
    const { world, store } = await aPublishingPlace(aProduct({ total: 10 }));
    const sale = { ...aPlannedSale(), items: [anItem({ fromProduct: true })] };
    await expect(publish({ ...world, store: stopsAfter(store, 2) }, sale)).rejects.toThrow('stop');
    // Somebody gave up for them what they had set aside, and another sale has taken it.
    await dropPlan(store, 'night', 'lamp');
    await planUnits(store, { saleId: 'day', sku: 'lamp', units: 1 });
    const short = { kind: 'short', sku: 'lamp', units: 10, free: 9 };
    expect(await publish(world, sale)).toEqual(short);
    expect((await store.read([statusKey(LAMP)]))[0]).toBeUndefined();
    await putProduct(store, aProduct({ total: 11 }));
    expect(await publish(world, sale)).toMatchObject({ kind: 'published' });
  });
});

describe('examine()', () => {
  test('says what a sale meets, and takes nothing', async () => {
    const { world, store } = await aPublishingPlace(aProduct());
    expect(await examine(world, aPlannedSale())).toMatchObject({
      ...{ kind: 'new', tooMuch: false, sale: { items: [{ name: 'Lamp' }] } },
    });
    expect((await productAt(store)).allocated).toBe(0);
    await publishPlanned(world, aPlannedSale());
    expect(await examine(world, aPlannedSale())).toMatchObject({
      ...{ kind: 'published', differences: [] },
    });
  });
});
