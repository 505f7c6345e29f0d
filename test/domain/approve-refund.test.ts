import { describe, expect, test } from '@jest/globals';
import { approveRefund, noteRefund } from '../../domain/approve-refund.ts';
import type { World } from '../../domain/process.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { decisionOn, PRICE, take } from './payment-builders.ts';

/** A shop whose operator wants to be asked, and a second payment of an order. */
async function waiting() {
  const shop = await openShop({ refunds: 'approval' });
  const orderId = await shop.order('ada');
  await take(shop, orderId);
  expect(await take(shop, orderId, { reference: 'pay_2' })).toEqual({
    ...{ kind: 'waiting', reason: 'second-payment' },
  });
  return { shop, orderId };
}

const approve = (shop: Shop, reference = 'pay_2', saleId = 'night', world: World = shop.world) =>
  approveRefund(world, saleId, reference, shop.clock.now);

const entry = async ({ store }: Shop) =>
  (await store.read([{ table: 'orders', pk: 'REFUNDS#night', sk: 'pay_2' }]))[0];

const told = ({ messages }: Shop) => messages.filter(({ kind }) => kind === 'refund');

describe('takePayment() where refunds need approval', () => {
  test('lists what is to go back, and keeps the money until then', async () => {
    const { shop, orderId } = await waiting();
    expect(shop.refunds).toEqual([]);
    expect(told(shop)).toEqual([]);
    expect(await entry(shop)).toEqual({
      ...{ reference: 'pay_2', orderId, reason: 'second-payment', amount: PRICE },
      ...{ currency: 'EUR', paidAt: shop.clock.now, askedAt: shop.clock.now },
    });
  });

  test('lists it once, however often the provider tells of it', async () => {
    const { shop, orderId } = await waiting();
    const before = await entry(shop);
    shop.clock.now += 1000;
    const again = await take(shop, orderId, { reference: 'pay_2' });
    expect(again).toEqual({ kind: 'waiting', reason: 'second-payment' });
    expect(await entry(shop)).toEqual(before);
  });

  test('gives back at once what is for no order of any sale', async () => {
    const shop = await openShop({ refunds: 'approval' });
    expect(await take(shop, 'nobody')).toEqual({ kind: 'refunded', reason: 'unknown-order' });
  });

  test('carries out an approval that was cut short', async () => {
    const { shop, orderId } = await waiting();
    shop.fails.refund = true;
    expect(await approve(shop)).toEqual({ kind: 'later' });
    shop.fails.refund = false;
    const again = await take(shop, orderId, { reference: 'pay_2' });
    expect(again).toEqual({ kind: 'refunded', reason: 'second-payment' });
    expect(await entry(shop)).toMatchObject({ refundedAt: shop.clock.now });
  });
});

describe('approveRefund()', () => {
  test('gives the money back, tells of it, and strikes it off', async () => {
    const { shop, orderId } = await waiting();
    expect(await approve(shop)).toEqual({ kind: 'refunded', reason: 'second-payment' });
    expect(shop.refunds).toEqual([
      { payment: 'pay_2', amount: PRICE, currency: 'EUR', reason: 'second-payment' },
    ]);
    expect(told(shop)).toMatchObject([{ payment: 'pay_2', holder: orderId.slice(-24) }]);
    const at = { approvedAt: shop.clock.now, refundedAt: shop.clock.now };
    expect(await decisionOn(shop, 'pay_2')).toMatchObject(at);
    expect(await entry(shop)).toMatchObject({ refundedAt: shop.clock.now });
  });

  test('once more, or twice at once, does it once', async () => {
    const { shop } = await waiting();
    const both = await Promise.all([approve(shop), approve(shop)]);
    expect(both.map(({ kind }) => kind)).toEqual(['refunded', 'refunded']);
    const before = shop.refunds.length;
    expect(await approve(shop)).toMatchObject({ kind: 'refunded' });
    expect(shop.refunds).toHaveLength(before);
  });

  /** From the first write to the last: the function ends there, and the operator approves again. */
  test.each([1, 2, 3])('goes on after a crash at write %i', async (nth) => {
    const { shop } = await waiting();
    let writes = 0;
    const store: World['store'] = {
      ...shop.store,
      write(write) {
        writes++;
        if (writes === nth) throw new Error('the function stopped');
        return shop.store.write(write);
      },
    };
    const world = { ...shop.world, store };
    await expect(approve(shop, 'pay_2', 'night', world)).rejects.toThrow('stopped');
    expect(await approve(shop)).toMatchObject({ kind: 'refunded' });
    expect(await entry(shop)).toMatchObject({ refundedAt: shop.clock.now });
    expect(told(shop).length).toBeGreaterThan(0);
  });

  test('is to be repeated where the message cannot be sent', async () => {
    const { shop } = await waiting();
    shop.fails.send = true;
    expect(await approve(shop)).toEqual({ kind: 'later' });
    expect(await entry(shop)).not.toHaveProperty('refundedAt');
    shop.fails.send = false;
    expect(await approve(shop)).toMatchObject({ kind: 'refunded' });
  });

  test.each([
    ['never came', 'pay_9', 'night'],
    ['paid its order', 'pay_1', 'night'],
    ['is of another sale', 'pay_2', 'day'],
  ])('does nothing about a payment that %s', async (_, reference, saleId) => {
    const { shop } = await waiting();
    expect(await approve(shop, reference, saleId)).toEqual({ kind: 'unknown' });
    expect(shop.refunds).toEqual([]);
  });

  test('knows nothing of an item from before there were approvals', async () => {
    const { shop } = await waiting();
    const item = { table: 'orders' as const, pk: 'PAYMENT#old', sk: '-' };
    await shop.store.write({ item, put: { decision: 'refund', reason: 'late', reference: 'old' } });
    expect(await approve(shop, 'old')).toEqual({ kind: 'unknown' });
  });

  test('repeats a refund that the provider did not take when it was automatic', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await take(shop, orderId);
    shop.fails.refund = true;
    expect(await take(shop, orderId, { reference: 'pay_2' })).toEqual({ kind: 'later' });
    shop.fails.refund = false;
    expect(await approve(shop)).toEqual({ kind: 'refunded', reason: 'second-payment' });
    expect(await entry(shop)).toBeUndefined();
  });
});

describe('noteRefund()', () => {
  test('tells and strikes off without asking the provider', async () => {
    const { shop } = await waiting();
    const noted = await noteRefund(shop.world, 'night', 'pay_2', shop.clock.now);
    expect(noted).toEqual({ kind: 'refunded', reason: 'second-payment' });
    expect(shop.refunds).toEqual([]);
    expect(told(shop)).toHaveLength(1);
    expect(await entry(shop)).toMatchObject({ refundedAt: shop.clock.now });
  });

  test('knows no payment that nothing was decided about', async () => {
    const { shop } = await waiting();
    expect(await noteRefund(shop.world, 'night', 'pay_1', 0)).toEqual({ kind: 'unknown' });
  });
});
