import { describe, expect, test } from '@jest/globals';
import { restock, shardsFor, stockItem } from '../../domain/grant.ts';
import type { SweepWorld } from '../../domain/sweep.ts';
import { anItem } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { stopsAfter } from './claim-builders.ts';

const grant = (shop: Shop, number: number, units: number, world: SweepWorld = shop.world) =>
  restock(world, shop.item(), number, units, shop.clock.now);

async function units(shop: Shop): Promise<number[]> {
  const { shards } = await shop.status();
  const all = await Promise.all(Array.from({ length: shards }, (_, k) => shop.shard(k)));
  return all.map(({ cap, avail }) => (cap === avail ? cap : Number.NaN));
}

describe('shardsFor()', () => {
  test.each([
    [0, 250, 0],
    [1, 250, 1],
    [1, 5000, 1],
    [40, 0, 1],
    [41, 0, 2],
    [100, 250, 3],
    [1000, 10_000, 40],
    [784_000, 0, 19_600],
    [784_001, 0, 9_801],
    [1_000_000, 0, 12_500],
  ])('cuts %d units at %d buys a second into %d shards', (count, rate, shards) => {
    expect(shardsFor(count, rate)).toBe(shards);
  });
});

describe('stockItem()', () => {
  test('spreads the units evenly, and none is lost', async () => {
    const shop = await openShop({ items: [anItem({ units: 100 })] });
    expect(await units(shop)).toEqual([34, 33, 33]);
    expect(await shop.status()).toEqual({
      ...{ phase: 'OPEN', soldOut: false, shards: 3, releases: 0, grants: 0, cap: 100 },
    });
  });

  test('adds nothing when it is repeated, whichever write was the last', async () => {
    for (let writes = 0; writes < 4; writes++) {
      const shop = await openShop({ items: [anItem({ sku: 'sofa' })] });
      const item = { saleId: 'night', sku: 'lamp' };
      await expect(stockItem(stopsAfter(shop.store, writes), item, 100, 0)).rejects.toThrow('stop');
      await stockItem(shop.store, item, 100, 0);
      await stockItem(shop.store, item, 100, 0);
      expect((await shop.status('lamp')).cap).toBe(100);
      const caps = await Promise.all([0, 1, 2].map(async (k) => (await shop.shard(k, 'lamp')).cap));
      expect(caps).toEqual([34, 33, 33]);
    }
  });

  test('never touches what is sold already', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await stockItem(shop.store, shop.item(), 10, 0);
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('makes no shards where there is no end of units', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    expect(await shop.status()).toMatchObject({ shards: 0, cap: 0 });
  });
});

describe('restock()', () => {
  test('adds shards, and buyers see them at once', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('ada');
    expect(await shop.buy('bob')).toEqual({ kind: 'sold-out' });
    shop.messages.length = 0;
    expect(await grant(shop, 1, 50)).toEqual({ kind: 'granted', shards: 2 });
    const status = await shop.status();
    expect(status).toMatchObject({ shards: 3, cap: 51, grants: 1, releases: 1, soldOut: false });
    expect(status).not.toHaveProperty('largest');
    expect(status).not.toHaveProperty('scannedAt');
    expect(await shop.buy('bob')).toMatchObject({ kind: 'order' });
    expect(shop.messages[0]).toEqual({
      ...{ v: 1, kind: 'sale', what: 'restocked', saleId: 'night', sku: 'lamp' },
      ...{ occurrence: '1', units: 50, at: shop.clock.now },
    });
  });

  test('adds nothing twice for one number', async () => {
    const shop = await openShop();
    await grant(shop, 1, 5);
    expect(await grant(shop, 1, 5)).toEqual({ kind: 'granted', shards: 1 });
    expect(await shop.status()).toMatchObject({ cap: 15, shards: 2, grants: 1, releases: 1 });
    await grant(shop, 2, 5);
    expect(await grant(shop, 1, 5)).toEqual({ kind: 'granted', shards: 1 });
    expect(await units(shop)).toEqual([10, 5, 5]);
  });

  test('adds nothing twice for deliveries at the same time', async () => {
    const shop = await openShop();
    await Promise.all([1, 2, 3].map(() => grant(shop, 1, 45)));
    expect(await units(shop)).toEqual([10, 23, 22]);
    expect((await shop.status()).cap).toBe(55);
  });

  test('refuses a number that was for other units', async () => {
    const shop = await openShop();
    await grant(shop, 1, 5);
    expect(await grant(shop, 1, 6)).toEqual({ kind: 'taken', units: 5 });
    expect((await shop.status()).cap).toBe(15);
  });

  test.each([0, 2, 9])('refuses number %d out of turn', async (number) => {
    const shop = await openShop();
    expect(await grant(shop, number, 5)).toEqual({ kind: 'out-of-turn', next: 1 });
    expect(await units(shop)).toEqual([10]);
  });

  test('knows no item that is not there, or without end', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    expect(await grant(shop, 1, 5)).toEqual({ kind: 'unknown-item' });
    const sofa = { saleId: 'night', sku: 'sofa' };
    expect(await restock(shop.world, sofa, 1, 5, 0)).toEqual({ kind: 'unknown-item' });
  });

  test('grants once when it is repeated, whichever write was the last', async () => {
    for (let writes = 0; writes < 5; writes++) {
      const shop = await openShop();
      const store = stopsAfter(shop.store, writes);
      const first = grant(shop, 1, 100, { ...shop.world, store });
      await expect(first).rejects.toThrow('stop');
      const seen = await shop.status();
      expect([10, 110]).toContain(seen.cap);
      expect(await grant(shop, 1, 100)).toEqual({ kind: 'granted', shards: 3 });
      expect(await units(shop)).toEqual([10, 34, 33, 33]);
      expect(await shop.status()).toMatchObject({ cap: 110, grants: 1, releases: 1 });
    }
  });

  test('tells of it when it is repeated because the message could not be sent', async () => {
    const shop = await openShop();
    shop.fails.send = true;
    await expect(grant(shop, 1, 5)).rejects.toThrow('the queue is down');
    shop.fails.send = false;
    expect(await grant(shop, 1, 5)).toEqual({ kind: 'granted', shards: 1 });
    expect(shop.messages).toHaveLength(1);
    expect((await shop.status()).cap).toBe(15);
  });

  test.each([0, -1, 1.5])('refuses %d units, and changes nothing', async (units) => {
    const shop = await openShop();
    await expect(restock(shop.world, shop.item(), 1, units, shop.clock.now)).rejects.toThrow(
      `Cannot restock ${units} units: it must be a whole number of 1 or more`,
    );
    expect((await shop.status()).grants).toBe(0);
  });
});
