import { describe, expect, test } from '@jest/globals';
import { shardKey } from '../../domain/items.ts';
import { type SweepWorld, sweepBlock } from '../../domain/sweep.ts';
import { anItem } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { aClaim, aHolder, changeClaim, meanwhile, putClaim, putHeld } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const sweep = (shop: Shop, world: SweepWorld = shop.world) =>
  sweepBlock(world, shop.item(), 0, shop.clock.now);

const hint = async (shop: Shop, block = 0) =>
  (await shop.store.read([{ table: 'stock', pk: `HINT#night#lamp#${block}` }]))[0];

describe('sweepBlock()', () => {
  test('leaves holders younger than 30 seconds alone', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.clock.now += 29_999;
    expect((await sweep(shop))?.did).toMatchObject({ resend: 0 });
    shop.clock.now += 1;
    expect((await sweep(shop))?.did).toMatchObject({ resend: 1 });
  });

  test('gives a dead hold back and counts it, once', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await changeClaim(shop, 'ada', { holder: aHolder('ada', { attempt: 2 }) });
    shop.clock.now += 30_000;
    expect((await sweep(shop))?.did).toMatchObject({ return: 1 });
    expect((await shop.shard(0)).avail).toBe(10);
    expect((await shop.status()).releases).toBe(1);
    expect((await sweep(shop))?.did).toMatchObject({ return: 0 });
  });

  test('counts nothing where somebody else gave the hold back first', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await changeClaim(shop, 'ada', { state: 'RELEASED' });
    shop.clock.now += 30_000;
    const item = shardKey(shop.item(), 0);
    const store = meanwhile(
      shop.store,
      (write) => write.item.pk === item.pk,
      () => shop.store.write({ item, put: { cap: 10, avail: 10 } }),
    );
    await sweep(shop, { ...shop.world, store });
    expect((await shop.shard(0)).avail).toBe(10);
    expect((await shop.status()).releases).toBe(0);
  });

  test('finishes a release that stopped half way, with its own reason', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await changeClaim(shop, 'ada', { state: 'RELEASING', reason: 'cancelled' });
    shop.clock.now += 30_000;
    expect((await sweep(shop))?.did).toMatchObject({ finish: 1 });
    expect(await shop.claim('ada')).toMatchObject({ state: 'RELEASED', reason: 'cancelled' });
    expect((await shop.shard(0)).avail).toBe(10);
  });

  test('lapses an attempt that stopped before it was confirmed', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim());
    await putHeld(shop, aHolder());
    shop.clock.now += 30_001;
    expect((await sweep(shop))?.did).toMatchObject({ lapse: 1 });
    expect(await shop.claim('ada')).toMatchObject({ state: 'RELEASED', reason: 'lapsed' });
    expect((await shop.shard(0)).avail).toBe(10);
    expect(shop.messages).toEqual([]);
  });

  test('expires an order a minute after payBy, and not a millisecond before', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await shop.deliver();
    shop.clock.now += OVERDUE_MS - 1;
    expect((await sweep(shop))?.did).toMatchObject({ leave: 1, expire: 0 });
    shop.clock.now += 1;
    expect((await sweep(shop))?.did).toMatchObject({ expire: 1 });
    expect(await shop.claim('ada')).toMatchObject({ state: 'RELEASED', reason: 'expired' });
    expect((await shop.shard(0)).avail).toBe(10);
  });

  test('sends a message again that was lost, of a reserved and of a paid order', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    for (const state of ['RESERVED', 'PAID']) {
      shop.messages.length = 0;
      shop.clock.now += 30_000;
      expect((await sweep(shop))?.did).toMatchObject({ resend: 1 });
      expect(shop.messages).toMatchObject([{ kind: 'order', state }]);
      await shop.deliver();
      expect(await shop.record(orderId)).toMatchObject({ state });
      await take(shop, orderId);
    }
  });

  test('settles what is paid and recorded, and never looks at it again', async () => {
    const shop = await openShop();
    await shop.pay(await shop.order('ada'), 'pay_1');
    await shop.pay(await shop.order('bob'), 'pay_2');
    await shop.deliver();
    shop.clock.now += 30_000;
    expect((await sweep(shop))?.did).toMatchObject({ settle: 2 });
    const { held, sold } = await shop.shard(0);
    expect([held, sold?.size]).toEqual([undefined, 2]);
    expect((await sweep(shop))?.did).toMatchObject({ settle: 0, leave: 0 });
  });

  test('touches nothing where a claim is missing, and says so each time', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const before = await shop.shard(0);
    for (const name of shop.store.items.keys()) {
      if (name.startsWith('stock/CLAIM#')) shop.store.items.delete(name);
    }
    shop.clock.now += 24 * 3_600_000;
    for (let round = 0; round < 2; round++) {
      expect((await sweep(shop))?.did).toMatchObject({ alarm: 1 });
      expect(await shop.shard(0)).toEqual(before);
    }
  });

  test('heals the others where one cannot be healed, and throws', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await shop.order('bob');
    await changeClaim(shop, 'bob', { state: 'RELEASED' });
    shop.fails.send = true;
    shop.clock.now += 30_000;
    await expect(sweep(shop)).rejects.toThrow('the queue is down');
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('sums up what it leaves', async () => {
    const shop = await openShop({ items: [anItem({ units: 4, limit: 4 })] });
    await shop.pay(await shop.order('ada', 1), 'pay_1');
    await shop.deliver();
    await shop.order('bob', 3);
    await shop.deliver();
    shop.clock.now += 30_000;
    const swept = await sweep(shop);
    const summary = { cap: 4, avail: 0, held: 3, sold: 1, open: 1, largest: 0, drift: 0 };
    expect(await hint(shop)).toEqual({
      ...{ ...summary, empty: new Set([0]), sweptAt: shop.clock.now, releases: 0 },
    });
    expect(swept?.hint).toEqual(await hint(shop));
  });

  test('takes back a hint of a shard that is empty no more', async () => {
    const shop = await openShop();
    const item = { table: 'stock', pk: 'HINT#night#lamp#0' } as const;
    await shop.store.write({ item, put: { empty: new Set([0]) } });
    await sweep(shop);
    expect(await hint(shop)).not.toHaveProperty('empty');
  });

  test('counts shards whose sum is wrong, and skips those that are missing', async () => {
    const shop = await openShop({ items: [anItem({ units: 80 })] });
    await shop.store.write({ item: shardKey(shop.item(), 0), put: { cap: 40, avail: 39 } });
    shop.store.items.delete('stock/STOCK#night#lamp#1/');
    expect((await sweep(shop))?.hint).toMatchObject({ drift: 1, cap: 40, avail: 39 });
  });

  test('has nothing to do for an item that is not there, or has no shards', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    expect(await sweep(shop)).toBeUndefined();
    const nowhere = { saleId: 'night', sku: 'sofa' };
    expect(await sweepBlock(shop.world, nowhere, 0, shop.clock.now)).toBeUndefined();
  });
});
