/** Orders of unlimited stock have no holders, so no sweep sees them while the sale runs: what stands in for it. */

import { describe, expect, test } from '@jest/globals';
import { anItem } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const openly = () => openShop({ items: [anItem({ units: 'unlimited' })] });

describe('an order of unlimited stock', () => {
  test('is paid only once its message is on the queue', async () => {
    const shop = await openly();
    const orderId = await shop.order('ada');
    await shop.deliver();
    shop.fails.send = true;
    expect(await shop.pay(orderId, 'pay_1')).toEqual({ kind: 'later' });
    shop.fails.send = false;
    expect(await shop.pay(orderId, 'pay_1')).toEqual({ kind: 'paid', orderId });
    await shop.deliver();
    expect((await shop.record(orderId))?.state).toBe('PAID');
  });

  test('is released by whoever looks, though the release stopped half way', async () => {
    const shop = await openly();
    const orderId = await shop.order('ada');
    shop.clock.now += shop.sale.paymentWindow * 1000 + 61_000;
    shop.fails.send = true;
    expect((await shop.look('ada', orderId))?.view.status).toBe('RESERVED');
    expect((await shop.claim('ada'))?.state).toBe('RELEASING');
    shop.fails.send = false;
    expect((await shop.look('ada', orderId))?.view.status).toBe('RELEASED');
    await shop.deliver();
    expect((await shop.record(orderId))?.state).toBe('RELEASED');
  });

  test('is recorded as paid by the sweeps after the closing, when the message was lost', async () => {
    const shop = await openly();
    const orderId = await shop.order('ada');
    await shop.deliver();
    await shop.pay(orderId, 'pay_1');
    shop.messages.splice(0);
    shop.clock.now = shop.sale.closesAt + shop.sale.paymentWindow * 1000 + 61_000;
    await shop.sweep();
    await shop.deliver();
    expect((await shop.record(orderId))?.state).toBe('PAID');
  });
});
