import { describe, expect, test } from '@jest/globals';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { anItem } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';
import { changeClaim, meanwhile, setsState } from './claim-builders.ts';
import { decisionOn, expired, OVERDUE_MS, PRICE, take } from './payment-builders.ts';

const LATE = { kind: 'refunded', reason: 'late' };

describe('takePayment() of a released order', () => {
  test('buys again for the same shopper, and pays that order', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    const outcome = await take(shop, dead);
    const claim = await shop.claim('ada');
    expect(claim).toMatchObject({ state: 'PAID', payment: 'pay_1', shopper: 'i-ada' });
    expect(outcome).toEqual({ kind: 'paid', orderId: `night.lamp.${claim?.holder}` });
    expect(claim?.holder).not.toBe(dead.slice(-24));
    expect((await shop.shard(0)).avail).toBe(9);
    expect(shop.refunds).toEqual([]);
  });

  test('pays the same order however often it is delivered, also at the same time', async () => {
    const shop = await openShop({ items: [anItem({ limit: 3 })] });
    const dead = await expired(shop);
    const outcomes = await Promise.all([1, 2, 3].map(() => take(shop, dead)));
    shop.clock.now += 1000;
    outcomes.push(await take(shop, dead), await take(shop, dead));
    const taken = outcomes.filter(({ kind }) => kind !== 'later');
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(new Set(taken.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(taken[0]).toMatchObject({ kind: 'paid' });
    expect((await shop.shard(0)).avail).toBe(9);
    expect(shop.refunds).toEqual([]);
  });

  test('pays the order that the shopper has made instead, where it costs the same', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    const newer = await shop.order('ada');
    expect(await take(shop, dead)).toEqual({ kind: 'paid', orderId: newer });
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('goes back where the shopper has another order that costs something else', async () => {
    const shop = await openShop({ items: [anItem({ limit: 3 })] });
    const dead = await expired(shop);
    const newer = await shop.order('ada', 2);
    expect(await take(shop, dead)).toEqual(LATE);
    expect(await take(shop, newer, { reference: 'pay_2', amount: 2 * PRICE })).toMatchObject({
      kind: 'paid',
    });
  });

  test('goes back once where no unit is free, however often it is delivered', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    const dead = await expired(shop);
    const other = await shop.order('bob');
    for (let delivery = 0; delivery < 5; delivery++) {
      shop.clock.now += 1000;
      expect(await take(shop, dead)).toEqual(LATE);
    }
    expect(shop.refunds).toEqual([
      { payment: 'pay_1', amount: PRICE, currency: 'EUR', reason: 'late' },
    ]);
    expect(await take(shop, other, { reference: 'pay_2' })).toMatchObject({ kind: 'paid' });
  });

  test('stays given back when a unit comes free afterwards', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    const dead = await expired(shop);
    await shop.order('bob');
    expect(await take(shop, dead)).toEqual(LATE);
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    expect((await shop.shard(0)).avail).toBe(1);
    expect(await take(shop, dead)).toEqual(LATE);
    expect(shop.refunds).toHaveLength(1);
    expect(await decisionOn(shop, 'pay_1')).toMatchObject({ decision: 'refund' });
  });

  test('goes back where the sale gives no second chance', async () => {
    const shop = await openShop({ afterExpiry: 'refuse' });
    expect(await take(shop, await expired(shop))).toEqual(LATE);
    expect((await shop.shard(0)).avail).toBe(10);
  });

  test('buys again one millisecond before the sale is swept no more, and not at it', async () => {
    for (const [offset, kind] of [[-1, 'paid'] as const, [0, 'refunded'] as const]) {
      const shop = await openShop();
      const dead = await expired(shop);
      shop.clock.now = lateUntil(shop.sale) + offset;
      expect(await take(shop, dead)).toMatchObject({ kind });
    }
  });

  test('goes back where the item is not in the sale any more', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    const sale = JSON.stringify({ ...shop.sale, items: [anItem({ sku: 'sofa' })] });
    await shop.store.write({ item: { table: 'catalogue', pk: 'SALE#night' }, put: { sale } });
    expect(await take(shop, dead)).toEqual(LATE);
  });

  test('goes back where one shopper may not have so many any more', async () => {
    const shop = await openShop({ items: [anItem({ limit: 3 })] });
    const dead = await shop.order('ada', 2);
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    const sale = JSON.stringify({ ...shop.sale, items: [anItem({ limit: 1 })] });
    await shop.store.write({ item: { table: 'catalogue', pk: 'SALE#night' }, put: { sale } });
    expect(await take(shop, dead, { amount: 2 * PRICE })).toEqual(LATE);
  });

  test('comes again where the release cannot be finished', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await changeClaim(shop, 'ada', { state: 'RELEASING', reason: 'expired' });
    shop.fails.send = true;
    expect(await take(shop, orderId)).toEqual({ kind: 'later' });
    shop.fails.send = false;
    expect(await take(shop, orderId)).toMatchObject({ kind: 'paid' });
  });

  test('buys again when the order is released while it is paid', async () => {
    const shop = await openShop();
    const dead = await shop.order('ada');
    shop.clock.now += OVERDUE_MS;
    const store = meanwhile(shop.store, setsState('PAID'), () => shop.sweep());
    const outcome = await take({ ...shop, world: { ...shop.world, store } }, dead);
    expect(outcome).toMatchObject({ kind: 'paid' });
    expect(outcome).not.toEqual({ kind: 'paid', orderId: dead });
  });
});
