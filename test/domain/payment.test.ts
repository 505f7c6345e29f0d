import { describe, expect, test } from '@jest/globals';
import { takePayment } from '../../domain/take-payment.ts';
import { anItem } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';
import { aClaim, aHolder, changeClaim, putClaim } from './claim-builders.ts';
import { decisionOn, PRICE, take } from './payment-builders.ts';

describe('takePayment()', () => {
  test('pays its order: when the money came, by which payment', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const paidAt = shop.clock.now + 5000;
    shop.clock.now += 7000;
    expect(await take(shop, orderId, { paidAt })).toEqual({ kind: 'paid', orderId });
    expect(await shop.claim('ada')).toMatchObject({
      ...{ state: 'PAID', payment: 'pay_1', paidAt, changedAt: shop.clock.now },
    });
    expect(await decisionOn(shop, 'pay_1')).toBeUndefined();
  });

  test('gives the same answer to each delivery of one payment, and pays once', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    for (let delivery = 0; delivery < 5; delivery++) {
      shop.clock.now += 1000;
      expect(await take(shop, orderId, { paidAt: 1 })).toEqual({ kind: 'paid', orderId });
    }
    const told = shop.messages.map((one) => one.kind === 'order' && one.state);
    expect(told).toEqual(['RESERVED', ...Array(5).fill('PAID')]);
    expect(shop.refunds).toEqual([]);
    await shop.deliver();
    expect(shop.events.map(({ type }) => type)).toEqual(['order.reserved.v1', 'order.paid.v1']);
  });

  test('pays once for deliveries at the same time', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const outcomes = await Promise.all([1, 2, 3].map(() => take(shop, orderId)));
    expect(outcomes).toEqual(Array(3).fill({ kind: 'paid', orderId }));
    expect(shop.refunds).toEqual([]);
  });

  test('is paid although the message cannot be sent: the sweep sends it again', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.fails.send = true;
    expect(await take(shop, orderId)).toMatchObject({ kind: 'paid' });
    shop.fails.send = false;
    shop.clock.now += 60_000;
    await shop.settle();
    expect(await shop.record(orderId)).toMatchObject({ state: 'PAID' });
  });

  test('pays an order that is overdue, as long as nobody released it', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.clock.now += 24 * 3_600_000;
    expect(await take(shop, orderId)).toEqual({ kind: 'paid', orderId });
  });

  test('gives a second payment of a paid order back', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await take(shop, orderId);
    const second = { kind: 'refunded', reason: 'second-payment' };
    expect(await take(shop, orderId, { reference: 'pay_2' })).toEqual(second);
    expect(await take(shop, orderId, { reference: 'pay_2' })).toEqual(second);
    expect(shop.refunds).toEqual([
      { payment: 'pay_2', amount: PRICE, currency: 'EUR', reason: 'second-payment' },
    ]);
    expect((await shop.claim('ada'))?.payment).toBe('pay_1');
  });

  test('gives a payment of a free order back', async () => {
    const shop = await openShop({ items: [anItem({ price: 0 })] });
    const orderId = await shop.order('ada');
    expect(await take(shop, orderId, { amount: 0 })).toMatchObject({ reason: 'second-payment' });
  });

  test.each([
    ['a cent less', { amount: PRICE - 1 }],
    ['a cent more', { amount: PRICE + 1 }],
    ['another currency', { currency: 'USD' }],
  ])('gives %s back, and leaves the order to be paid', async (_, wrong) => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const outcome = { kind: 'refunded', reason: 'wrong-amount' };
    expect(await take(shop, orderId, wrong)).toEqual(outcome);
    expect(shop.refunds).toEqual([
      { payment: 'pay_1', amount: PRICE, currency: 'EUR', reason: 'wrong-amount', ...wrong },
    ]);
    expect((await shop.claim('ada'))?.state).toBe('RESERVED');
    expect(await take(shop, orderId, { reference: 'pay_2' })).toEqual({ kind: 'paid', orderId });
  });

  test.each([
    ['that never was', (saleId: string) => `${saleId}.lamp.${aHolder('eve')}`],
    ['of a sale that never was', () => `other.lamp.${aHolder()}`],
    ['of an item that never was', (saleId: string) => `${saleId}.sofa.${aHolder()}`],
    ['whose id is none', () => 'undefined'],
  ])('gives a payment for an order %s back', async (_, idIn) => {
    const shop = await openShop();
    const unknown = { kind: 'refunded', reason: 'unknown-order' };
    expect(await take(shop, idIn(shop.sale.id))).toEqual(unknown);
    expect(await take(shop, idIn(shop.sale.id))).toEqual(unknown);
    expect(shop.refunds).toHaveLength(1);
  });

  test('waits for an order that is being confirmed at this very moment', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim());
    const orderId = `night.lamp.${aHolder()}`;
    expect(await take(shop, orderId)).toEqual({ kind: 'later' });
    expect(shop.refunds).toEqual([]);
    await shop.buy('ada');
    expect(await take(shop, orderId)).toEqual({ kind: 'paid', orderId });
  });

  test('throws nothing away where no provider is given: it comes again', async () => {
    const shop = await openShop();
    const { payments: _none, ...world } = shop.world;
    const payment = { reference: 'p', amount: 1, currency: 'EUR', paidAt: 1 };
    expect(await takePayment(world, 'nobody', payment, 1)).toEqual({ kind: 'later' });
    expect(await takePayment(shop.world, 'nobody', payment, 1)).toMatchObject({ kind: 'refunded' });
  });

  test('does not buy for a shopper whose claim was taken over by another paid order', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await changeClaim(shop, 'ada', {
      ...{ holder: aHolder('ada', { attempt: 2 }), state: 'PAID', payment: 'pay_0' },
    });
    expect(await take(shop, orderId)).toEqual({ kind: 'refunded', reason: 'late' });
  });
});
