import { describe, expect, test } from '@jest/globals';
import { cancel, findOrder } from '../../domain/order.ts';
import type { World } from '../../domain/process.ts';
import { anItem } from '../support/sales.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';
import { aClaim, aHolder, changeClaim, meanwhile, putClaim, setsState } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const keys = { of: (_: unknown, shopper: string) => buyerKeyOf(shopper) };

const find = (shop: Shop, orderId: string, shopper = 'ada', world: World = shop.world) =>
  findOrder(world, keys, shopper, orderId, shop.clock.now);

async function found(shop: Shop, orderId: string) {
  const order = await find(shop, orderId);
  if (order === undefined) throw new Error(`there is no order "${orderId}"`);
  return order;
}

describe('findOrder()', () => {
  test('shows an order to its shopper', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    expect((await found(shop, orderId)).view).toEqual({
      ...{ orderId, saleId: 'night', sku: 'lamp', quantity: 1, status: 'RESERVED' },
      ...{ amountMinor: 1999, currency: 'EUR', payByEpochMs: shop.clock.now + 900_000 },
    });
  });

  test('shows it to nobody else, and says the same of one that never was', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    expect(await find(shop, orderId, 'eve')).toBeUndefined();
    expect(await find(shop, `night.lamp.${aHolder('ada', { attempt: 7 })}`)).toBeUndefined();
    expect(await find(shop, `other.lamp.${aHolder()}`)).toBeUndefined();
    expect(await find(shop, 'no-id')).toBeUndefined();
  });

  test('shows nothing before the order is acknowledged', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim());
    expect(await find(shop, `night.lamp.${aHolder()}`)).toBeUndefined();
  });

  test('says why an order was released', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await cancel(shop.world, await found(shop, orderId), shop.clock.now);
    expect((await found(shop, orderId)).view).toMatchObject({
      ...{ status: 'RELEASED', reason: 'cancelled' },
    });
  });

  test('shows what became of an older attempt, from its record', async () => {
    const shop = await openShop();
    const first = await shop.order('ada');
    await shop.deliver();
    shop.clock.now += OVERDUE_MS;
    const second = await shop.order('ada');
    // The record may not have heard of the release yet: a claim leaves nothing but released orders behind.
    expect((await found(shop, first)).view).toMatchObject({ orderId: first, status: 'RELEASED' });
    await shop.deliver();
    const { view, claim } = await found(shop, first);
    expect(claim).toBeUndefined();
    expect(view).toMatchObject({ orderId: first, status: 'RELEASED', reason: 'expired' });
    expect((await found(shop, second)).view.status).toBe('RESERVED');
  });

  test('shows a paid order whose claim is erased', async () => {
    const shop = await openShop({ items: [anItem({ price: 0 })] });
    const orderId = await shop.order('ada');
    await shop.deliver();
    shop.store.items.delete(`stock/CLAIM#night#lamp#${buyerKeyOf('ada')}#0/`);
    const order = await found(shop, orderId);
    expect(order.view).toMatchObject({ orderId, status: 'PAID' });
    expect(order.view).not.toHaveProperty('payByEpochMs');
    expect(await cancel(shop.world, order, shop.clock.now)).toEqual({ kind: 'paid' });
  });

  describe('of unlimited stock', () => {
    const unlimited = () => openShop({ items: [anItem({ units: 'unlimited' })] });

    test('expires it when somebody looks a minute after payBy, and not before', async () => {
      const shop = await unlimited();
      const orderId = await shop.order('ada');
      shop.clock.now += OVERDUE_MS - 1;
      expect((await found(shop, orderId)).view.status).toBe('RESERVED');
      shop.clock.now += 1;
      expect((await found(shop, orderId)).view).toMatchObject({
        ...{ status: 'RELEASED', reason: 'expired' },
      });
      expect(shop.messages).toMatchObject([{ state: 'RESERVED' }, { state: 'RELEASED' }]);
    });

    test('shows it as it is while the message cannot be sent', async () => {
      const shop = await unlimited();
      const orderId = await shop.order('ada');
      shop.clock.now += OVERDUE_MS;
      shop.fails.send = true;
      expect((await found(shop, orderId)).view.status).toBe('RESERVED');
      shop.fails.send = false;
      expect((await found(shop, orderId)).view.status).toBe('RELEASED');
    });

    test('never shows the next attempt in its place', async () => {
      const shop = await unlimited();
      const orderId = await shop.order('ada');
      await shop.deliver();
      shop.clock.now += OVERDUE_MS;
      const next = { holder: aHolder('ada', { attempt: 2 }), payBy: shop.clock.now + 900_000 };
      const store = meanwhile(shop.store, setsState('RELEASING'), () =>
        changeClaim(shop, 'ada', next),
      );
      const order = await find(shop, orderId, 'ada', { ...shop.world, store });
      expect(order?.claim).toBeUndefined();
      expect(order?.view.status).toBe('RELEASED');
    });
  });
});

describe('cancel()', () => {
  test('gives the unit back and tells of it; once more changes nothing', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    for (let times = 0; times < 2; times++) {
      const order = await found(shop, orderId);
      expect(await cancel(shop.world, order, shop.clock.now)).toMatchObject({
        kind: 'released',
        view: { orderId, status: 'RELEASED', reason: 'cancelled' },
      });
    }
    expect(await shop.shard(0)).toEqual({ cap: 10, avail: 10 });
    expect(shop.messages).toMatchObject([{ state: 'RESERVED' }, { state: 'RELEASED' }]);
    expect((await shop.status()).releases).toBe(1);
  });

  test('never takes a paid order away', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const seen = await found(shop, orderId);
    await take(shop, orderId);
    // Both whoever knows that it is paid, and whoever looked before it was.
    for (const order of [seen, await found(shop, orderId)]) {
      expect(await cancel(shop.world, order, shop.clock.now)).toEqual({ kind: 'paid' });
    }
    expect((await shop.claim('ada'))?.state).toBe('PAID');
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('is to be tried again where the message cannot be sent, and goes on then', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.fails.send = true;
    const first = await cancel(shop.world, await found(shop, orderId), shop.clock.now);
    expect(first).toEqual({ kind: 'later' });
    expect((await shop.shard(0)).avail).toBe(9);
    shop.fails.send = false;
    const second = await cancel(shop.world, await found(shop, orderId), shop.clock.now);
    expect(second).toMatchObject({ kind: 'released' });
    expect((await shop.shard(0)).avail).toBe(10);
  });

  test('is to be tried again where the claim is gone meanwhile', async () => {
    const shop = await openShop();
    const order = await found(shop, await shop.order('ada'));
    shop.store.items.delete(`stock/CLAIM#night#lamp#${buyerKeyOf('ada')}#0/`);
    expect(await cancel(shop.world, order, shop.clock.now)).toEqual({ kind: 'later' });
  });
});
