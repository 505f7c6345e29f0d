import { describe, expect, test } from '@jest/globals';
import { restock } from '../../domain/grant.ts';
import { type Status, statusKey } from '../../domain/items.ts';
import { overview } from '../../domain/overview.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { take } from './payment-builders.ts';

const view = (shop: Shop) => overview(shop.store, 'night', shop.clock.now);

const setStatus = async (shop: Shop, sku: string, changes: Partial<Status>) =>
  shop.store.write({
    item: statusKey(shop.item(sku)),
    put: { ...(await shop.status(sku)), ...changes },
  });

const TWO = { items: [anItem(), anItem({ sku: 'sofa' })] };
/** 101 shards: too many to read them all. */
const MANY = {
  items: [anItem({ units: 4040, limit: 5 })],
  admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 10 },
};

describe('overview()', () => {
  test('says what anybody may know, and no secret', async () => {
    const shop = await openShop({ items: [anItem({ units: 10, limit: 5 })] });
    await take(shop, await shop.order('ada'));
    await shop.order('bob', 2);
    await shop.deliver();
    shop.clock.now += 30_000;
    await shop.sweep();
    expect(await view(shop)).toEqual({
      ...{ id: 'night', title: 'Night of the lamps', phase: 'open', currency: 'EUR' },
      ...{ opensAtEpochMs: OPENS_AT, closesAtEpochMs: OPENS_AT + 3_600_000 },
      nowEpochMs: OPENS_AT + 30_000,
      items: [
        {
          ...{ sku: 'lamp', name: 'Lamp', priceMinor: 1999, limitPerShopper: 5 },
          ...{ remaining: 7, unpaid: 2, soldOut: false, releases: 0 },
        },
      ],
    });
  });

  test('knows no sale that is not published', async () => {
    const { store } = await openShop();
    expect(await overview(store, 'other', OPENS_AT)).toBeUndefined();
    expect(await overview(store, 'no/name', OPENS_AT)).toBeUndefined();
  });

  test.each([
    ['scheduled', OPENS_AT - 1],
    ['open', OPENS_AT],
    ['open', OPENS_AT + 3_599_999],
    ['closed', OPENS_AT + 3_600_000],
  ])('says %s by the clock', async (phase, now) => {
    const shop = await openShop();
    shop.clock.now = now;
    expect(await view(shop)).toMatchObject({ phase });
  });

  test('says paused while an item is, and closed once every item is', async () => {
    const shop = await openShop(TWO);
    await setStatus(shop, 'sofa', { phase: 'PAUSED' });
    expect(await view(shop)).toMatchObject({ phase: 'paused' });
    await setStatus(shop, 'sofa', { phase: 'CLOSED' });
    expect(await view(shop)).toMatchObject({ phase: 'open' });
    await setStatus(shop, 'lamp', { phase: 'CLOSED' });
    expect(await view(shop)).toMatchObject({ phase: 'closed' });
  });

  test('says null where there is no end of units', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    expect((await view(shop))?.items).toMatchObject([{ remaining: null, unpaid: 0 }]);
  });

  test('says nothing is left of an item that is not ready, or whose shards are missing', async () => {
    const shop = await openShop(TWO);
    shop.store.items.delete('stock/STATUS#night#lamp/');
    shop.store.items.delete('stock/STOCK#night#sofa#0/');
    expect((await view(shop))?.items).toMatchObject([
      { remaining: 0, soldOut: false, releases: 0 },
      { remaining: 0 },
    ]);
  });

  test('says how often units came back, and that the item is sold out', async () => {
    const shop = await openShop();
    await setStatus(shop, 'lamp', { releases: 4, soldOut: true });
    expect((await view(shop))?.items).toMatchObject([{ releases: 4, soldOut: true }]);
  });

  describe('of more than 100 shards', () => {
    test('says what the last sweep found', async () => {
      const shop = await openShop(MANY);
      await shop.order('ada', 3);
      await shop.sweep();
      await shop.order('bob', 5);
      expect((await view(shop))?.items).toMatchObject([{ remaining: 4037, unpaid: 3 }]);
    });

    test('counts what no sweep has seen as free: a page never lets the number rise again', async () => {
      const shop = await openShop(MANY);
      await shop.order('ada', 3);
      expect((await view(shop))?.items).toMatchObject([{ remaining: 4040, unpaid: 0 }]);
      await shop.sweep();
      await restock(shop.world, shop.item(), 1, 5000, shop.clock.now);
      expect((await view(shop))?.items).toMatchObject([{ remaining: 9037, unpaid: 3 }]);
    });
  });
});
