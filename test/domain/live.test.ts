import { describe, expect, test } from '@jest/globals';
import { restock } from '../../domain/grant.ts';
import { type LiveLimits, liveSale } from '../../domain/live.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { aHolder, changeClaim } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const PLENTY: LiveLimits = { shards: 1000, claims: 1000 };

const look = (shop: Shop, limits = PLENTY, known = new Set<string>()) =>
  liveSale(shop.store, 'night', known, limits, shop.clock.now);

const firstOf = async (...args: Parameters<typeof look>) => (await look(...args))?.items[0];

const LIMITED = { items: [anItem({ limit: 5 })] };

describe('liveSale()', () => {
  test('counts what is for sale, held and paid, before any sweep', async () => {
    const shop = await openShop(LIMITED);
    await shop.pay(await shop.order('ada', 3), 'first', 3 * 1999);
    await shop.order('bob', 2);
    expect(await look(shop)).toMatchObject({ phase: 'open', at: OPENS_AT });
    expect(await firstOf(shop)).toEqual({
      ...{ sku: 'lamp', name: 'Lamp', units: 10, shards: 1, returns: 0 },
      ...{ forSale: 5, held: 2, paid: 3, soldOut: false, isPaidBehind: false },
    });
  });

  test('counts the same once the sweep has settled what was paid', async () => {
    const shop = await openShop(LIMITED);
    await shop.pay(await shop.order('ada', 3), 'first', 3 * 1999);
    await shop.order('bob', 2);
    shop.clock.now += 30_000;
    await shop.settle();
    expect((await shop.shard(0)).sold?.size).toBe(1);
    expect(await firstOf(shop)).toMatchObject({ forSale: 5, held: 2, paid: 3 });
  });

  test('reads the claim of a holder that has paid only once', async () => {
    const shop = await openShop(LIMITED);
    await shop.pay(await shop.order('ada', 3), 'first', 3 * 1999);
    await shop.order('bob', 2);
    const known = new Set<string>();
    await look(shop, PLENTY, known);
    expect(known.size).toBe(1);
    const read: string[] = [];
    const store = {
      read(keys: Parameters<typeof shop.store.read>[0]) {
        read.push(...keys.map(({ pk }) => pk));
        return shop.store.read(keys);
      },
    };
    const live = await liveSale(store, 'night', known, PLENTY, shop.clock.now);
    expect(live?.items).toMatchObject([{ held: 2, paid: 3 }]);
    expect(read.filter((pk) => pk.startsWith('CLAIM#'))).toHaveLength(1);
  });

  test('says that paid orders are behind where there are more holders than may be read', async () => {
    const shop = await openShop(LIMITED);
    await take(shop, await shop.order('ada'));
    await take(shop, await shop.order('bob'));
    expect(await firstOf(shop, { shards: 1, claims: 2 })).toMatchObject({
      ...{ paid: 2, held: 0, isPaidBehind: false },
    });
    expect(await firstOf(shop, { shards: 1, claims: 1 })).toMatchObject({
      ...{ paid: 1, held: 1, isPaidBehind: true },
    });
  });

  test('takes the figures of the last sweep above so many shards, and says of when they are', async () => {
    const shop = await openShop(LIMITED);
    await shop.order('ada', 3);
    const few = { shards: 0, claims: 1000 };
    expect(await firstOf(shop, few)).toMatchObject({ forSale: 10, held: 0, paid: 0, asOf: 0 });
    shop.clock.now += 30_000;
    await shop.sweep();
    const asOf = shop.clock.now;
    shop.clock.now += 1000;
    expect(await firstOf(shop, few)).toMatchObject({
      ...{ forSale: 7, held: 3, paid: 0, asOf, isPaidBehind: true },
    });
  });

  test('counts what came back, and no restock among it', async () => {
    const shop = await openShop(LIMITED);
    await shop.order('ada');
    await shop.deliver();
    await restock(shop.world, shop.item(), 1, 5, shop.clock.now);
    expect(await firstOf(shop)).toMatchObject({ units: 15, returns: 0 });
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    expect(await firstOf(shop)).toMatchObject({ units: 15, forSale: 15, held: 0, returns: 1 });
  });

  test('does not take a dead hold for paid where a later attempt of its shopper is', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await changeClaim(shop, 'ada', { holder: aHolder('ada', { attempt: 2 }), state: 'PAID' });
    expect(await firstOf(shop)).toMatchObject({ held: 1, paid: 0 });
  });

  test('knows no figures of stock without end, nor of an item that is not ready', async () => {
    const endless = await openShop({ items: [anItem({ units: 'unlimited' })] });
    const unknown = { forSale: null, held: null, paid: null };
    expect(await firstOf(endless)).toMatchObject({ ...unknown, units: null, shards: 0 });
    const shop = await openShop();
    shop.store.items.delete('stock/STATUS#night#lamp/');
    expect(await firstOf(shop)).toMatchObject({ ...unknown, units: 10, soldOut: false });
  });

  test('bears a holder that is none, and shards that are missing', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const shard = await shop.shard(0);
    const held = new Set([...(shard.held ?? []), 'nobody']);
    shop.store.items.set('stock/STOCK#night#lamp#0/', { ...shard, held });
    expect(await firstOf(shop)).toMatchObject({ forSale: 9, held: 1, paid: 0 });
    shop.store.items.delete('stock/STOCK#night#lamp#0/');
    expect(await firstOf(shop)).toMatchObject({ forSale: 0, held: 0, paid: 0 });
  });

  test('knows no sale that is not published', async () => {
    const { store } = await openShop();
    expect(await liveSale(store, 'other', new Set(), PLENTY, OPENS_AT)).toBeUndefined();
  });
});
