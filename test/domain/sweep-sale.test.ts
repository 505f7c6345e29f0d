import { describe, expect, test } from '@jest/globals';
import { shardKey } from '../../domain/items.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import { concludeItem, lateUntil, sweepSale } from '../../domain/sweep-sale.ts';
import { set } from '../../domain/write.ts';
import { anItem } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { changeClaim } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const MANY = {
  items: [anItem({ units: 450 })],
  admission: { expectedShoppers: 0, perSecond: 250 * 450, difficulty: 0, ticketSeconds: 10 },
};
const unlimited = () => openShop({ items: [anItem({ units: 'unlimited' })] });

/** Sweeps without what the sweeps queue would do. */
async function sweepOnly(shop: Shop) {
  const sent: SweepMessage[] = [];
  const sweeps = { send: async (more: readonly SweepMessage[]) => void sent.push(...more) };
  const report = await sweepSale({ ...shop.world, sweeps }, shop.sale, shop.clock.now);
  return { ...report, sent };
}

describe('sweepSale()', () => {
  test('reports each item', async () => {
    const shop = await openShop({
      items: [anItem({ units: 5 }), anItem({ sku: 'sofa', units: 2 })],
    });
    await take(shop, await shop.order('ada'));
    await shop.order('bob');
    const { items, isOver } = await shop.sweep();
    expect(items).toMatchObject([
      { sku: 'lamp', cap: 5, forSale: 3, held: 2, sold: 0, open: 2, drift: 0 },
      { sku: 'sofa', cap: 2, forSale: 2, held: 0, sold: 0, open: 0, drift: 0 },
    ]);
    expect(items[0]?.swept?.did).toBeDefined();
    expect(isOver).toBe(false);
  });

  test('reports how long ago the block was swept that has waited longest', async () => {
    const shop = await openShop(MANY);
    await shop.sweep();
    shop.clock.now += 90_000;
    expect((await sweepOnly(shop)).items[0]).toMatchObject({ lag: 90, oversold: 0, drift: 0 });
  });

  test('reports units that are held or sold beyond what the shards were given', async () => {
    const shop = await openShop({ items: [anItem({ units: 5 })] });
    await shop.order('ada');
    await shop.order('bob');
    const shard = shardKey({ saleId: 'night', sku: 'lamp' }, 0);
    await shop.store.write({ item: shard, change: [set('cap', 1), set('avail', 0)] });
    expect((await shop.sweep()).items[0]).toMatchObject({ oversold: 1, drift: 1 });
  });

  test('hands blocks beyond the first 200 shards to the queue', async () => {
    const shop = await openShop(MANY);
    const { sent, items } = await sweepOnly(shop);
    expect(sent).toEqual(
      [1, 2].map((block) => ({ v: 1, kind: 'sweep', saleId: 'night', sku: 'lamp', block })),
    );
    expect(items[0]).toMatchObject({ cap: 450, forSale: 200 });
    await shop.sweep();
    expect((await shop.sweep()).items[0]).toMatchObject({ cap: 450, forSale: 450 });
    expect((await sweepOnly(await openShop())).sent).toEqual([]);
  });

  test('says sold out where nothing is left, once, and takes it back where something is', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('ada');
    shop.messages.length = 0;
    await shop.sweep();
    await shop.sweep();
    expect((await shop.status()).soldOut).toBe(true);
    expect(shop.messages).toMatchObject([{ kind: 'sale', what: 'sold-out', occurrence: '0' }]);
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    expect((await shop.status()).soldOut).toBe(false);
  });

  test('repairs a wrong sold out that a crash left', async () => {
    const shop = await openShop();
    const item = { table: 'stock', pk: 'STATUS#night#lamp' } as const;
    await shop.store.write({ item, put: { ...(await shop.status()), soldOut: true } });
    await shop.sweep();
    expect(await shop.status()).toMatchObject({ soldOut: false, largest: 10, scannedAt: 0 });
  });

  test('survives an item that has no status', async () => {
    const shop = await openShop();
    shop.store.items.delete('stock/STATUS#night#lamp/');
    expect((await shop.sweep()).items).toMatchObject([{ sku: 'lamp', cap: 0, open: 0 }]);
  });
});

describe('concludeItem()', () => {
  test('says nothing before every block is swept, or where something came back since', async () => {
    const shop = await openShop(MANY);
    const item = shop.item();
    await sweepOnly(shop);
    expect(await concludeItem(shop.world, item, shop.clock.now)).toHaveLength(1);
    expect(await shop.status()).not.toHaveProperty('largest');
    await shop.sweep();
    expect(await concludeItem(shop.world, item, shop.clock.now)).toHaveLength(3);
    const status = await shop.status();
    expect(status.largest).toBe(1);
    const changed = { ...status, releases: 1, soldOut: true };
    const key = { table: 'stock', pk: 'STATUS#night#lamp' } as const;
    await shop.store.write({ item: key, put: changed });
    expect(await concludeItem(shop.world, item, shop.clock.now)).toHaveLength(3);
    expect(await shop.status()).toEqual(changed);
  });
});

describe('sweepSale() of unlimited stock', () => {
  test('expires unpaid orders once the last payBy has come, and not before', async () => {
    const shop = await unlimited();
    shop.clock.now = shop.sale.closesAt - 1;
    const late = await shop.order('bob');
    await shop.deliver();
    shop.clock.now = shop.sale.closesAt + 900_000 - 1;
    expect((await shop.sweep()).items[0]?.open).toBe(0);
    shop.clock.now += 1;
    expect((await shop.sweep()).items[0]?.open).toBe(1);
    expect((await shop.claim('bob'))?.state).toBe('RESERVED');
    shop.clock.now += 60_000;
    await shop.sweep();
    expect((await shop.claim('bob'))?.state).toBe('RELEASED');
    await shop.deliver();
    expect(await shop.record(late)).toMatchObject({ state: 'RELEASED', reason: 'expired' });
    expect((await shop.sweep()).items[0]?.open).toBe(0);
  });

  test('goes on with a release that stopped, and leaves paid and later orders alone', async () => {
    const shop = await unlimited();
    for (const name of ['ada', 'bob', 'eve', 'joe']) await shop.order(name);
    await shop.deliver();
    await changeClaim(shop, 'ada', { state: 'RELEASING', reason: 'cancelled' });
    await changeClaim(shop, 'bob', { state: 'PAID' });
    await changeClaim(shop, 'eve', { holder: 'x' });
    shop.store.items.delete(
      `stock/CLAIM#night#lamp#${Buffer.from('joe.......').toString('base64url')}#0/`,
    );
    shop.clock.now = lateUntil(shop.sale);
    // Eve's and Joe's claims say nothing of their records any more.
    expect((await shop.sweep()).items[0]?.open).toBe(2);
    expect(await shop.claim('ada')).toMatchObject({ state: 'RELEASED', reason: 'cancelled' });
    expect((await shop.claim('bob'))?.state).toBe('PAID');
    expect((await shop.claim('eve'))?.state).toBe('RESERVED');
  });
});

describe('the end of sweeping', () => {
  test('comes with the second sweep that finds nothing open after late payments end', async () => {
    const shop = await openShop();
    shop.clock.now = lateUntil(shop.sale);
    expect((await shop.sweep()).isOver).toBe(false);
    expect((await shop.sweep()).isOver).toBe(false);
    shop.clock.now += 1;
    expect((await shop.sweep()).isOver).toBe(false);
    expect((await shop.sweep()).isOver).toBe(true);
    expect((await shop.sweep()).isOver).toBe(true);
  });

  test('begins anew after a sweep that finds something open', async () => {
    const shop = await openShop();
    shop.clock.now = lateUntil(shop.sale) + 1;
    await shop.sweep();
    await changeShard(shop, new Set(['AAAAAAAAAAAAAAAAAAAAAAAA']));
    expect((await shop.sweep()).isOver).toBe(false);
    await changeShard(shop, undefined);
    expect((await shop.sweep()).isOver).toBe(false);
    expect((await shop.sweep()).isOver).toBe(true);
  });

  test('does not come while an order is open', async () => {
    const shop = await openShop();
    await changeShard(shop, new Set(['AAAAAAAAAAAAAAAAAAAAAAAA']));
    shop.clock.now = lateUntil(shop.sale) + 1;
    for (let round = 0; round < 4; round++) expect((await shop.sweep()).isOver).toBe(false);
  });
});

const changeShard = async (shop: Shop, held: ReadonlySet<string> | undefined) =>
  shop.store.write({
    item: { table: 'stock', pk: 'STOCK#night#lamp#0' },
    put: { cap: 10, avail: 10, ...(held && { held }) },
  });
