import { describe, expect, test } from '@jest/globals';
import { anItem } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';
import { aHolder, changeClaim, meanwhile } from './claim-builders.ts';
import { decisionOn, expired, OVERDUE_MS, PRICE, take } from './payment-builders.ts';

const isDecision = (write: { item: { pk: string } }) => write.item.pk.startsWith('PAYMENT#');

describe('takePayment() that gives back', () => {
  test('comes again while the provider does not answer, and goes back once it does', async () => {
    const shop = await openShop();
    shop.fails.refund = true;
    expect(await take(shop, 'nobody')).toEqual({ kind: 'later' });
    expect(await take(shop, 'nobody')).toEqual({ kind: 'later' });
    expect(await decisionOn(shop, 'pay_1')).not.toHaveProperty('refundedAt');
    shop.fails.refund = false;
    expect(await take(shop, 'nobody')).toMatchObject({ kind: 'refunded' });
    expect(shop.refunds).toHaveLength(1);
    expect(await decisionOn(shop, 'pay_1')).toMatchObject({ refundedAt: shop.clock.now });
  });

  test('comes again where the message cannot be sent, so that no refund goes untold', async () => {
    const shop = await openShop();
    shop.fails.send = true;
    expect(await take(shop, 'nobody')).toEqual({ kind: 'later' });
    shop.fails.send = false;
    expect(await take(shop, 'nobody')).toMatchObject({ kind: 'refunded' });
    expect(shop.messages).toHaveLength(1);
    // The provider gives a payment back once, however often it is asked: that is its port's promise.
    expect(shop.refunds).toHaveLength(2);
  });

  test('tells what went back, and why', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    await take(shop, orderId);
    await take(shop, orderId, { reference: 'pay_2' });
    expect(shop.messages.filter(({ kind }) => kind === 'refund')).toEqual([
      {
        ...{ v: 1, kind: 'refund', saleId: 'night', sku: 'lamp', holder: orderId.slice(-24) },
        ...{ payment: 'pay_2', amount: PRICE, currency: 'EUR', reason: 'second-payment' },
        at: shop.clock.now,
      },
    ]);
  });

  test('asks the provider for the same refund again, where the order ended meanwhile', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const reasons: string[] = [];
    const payments = {
      async refund({ reason }: { readonly reason: string }) {
        reasons.push(reason);
        // Taken, and the answer lost.
        if (reasons.length === 1) throw new Error('no answer');
      },
    };
    const till = { ...shop, world: { ...shop.world, payments } };
    expect(await take(till, orderId, { amount: 1 })).toEqual({ kind: 'later' });
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    const again = await take(till, orderId, { amount: 1 });
    expect(again).toEqual({ kind: 'refunded', reason: 'wrong-amount' });
    expect(reasons).toEqual(['wrong-amount', 'wrong-amount']);
  });

  test('notes the decision with what is needed to give the money back by hand', async () => {
    const shop = await openShop();
    await take(shop, 'nobody', { amount: 5, currency: 'USD' });
    expect(await decisionOn(shop, 'pay_1')).toEqual({
      ...{ decision: 'refund', reason: 'unknown-order', reference: 'pay_1' },
      ...{ amount: 5, currency: 'USD', orderId: '-.-.AAAAAAAAAAAAAAAAAAAAAAAA' },
      ...{ decidedAt: shop.clock.now, refundedAt: shop.clock.now },
    });
  });
});

describe('the decision on a late payment', () => {
  /** A late payment for which an order was chosen, which was released before it was paid. */
  async function chosenAndDead() {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    const dead = await expired(shop);
    const chosen = await shop.order('ada');
    const isPay = (write: object) => JSON.stringify(write).includes('"paidAt"');
    let isChosen = false;
    const store = {
      ...shop.store,
      write: (write: Parameters<typeof shop.store.write>[0]) => {
        if (isChosen && isPay(write)) throw new Error('the function stopped');
        if (isDecision(write)) isChosen = true;
        return shop.store.write(write);
      },
    };
    await expect(take({ ...shop, world: { ...shop.world, store } }, dead)).rejects.toThrow('stop');
    expect(await decisionOn(shop, 'pay_1')).toMatchObject({ decision: 'pay', order: chosen });
    return { shop, dead, chosen };
  }

  test('is carried out by the next delivery', async () => {
    const { shop, dead, chosen } = await chosenAndDead();
    expect(await take(shop, dead)).toEqual({ kind: 'paid', orderId: chosen });
  });

  test('moves to a refund once the order that it names is dead too', async () => {
    const { shop, dead } = await chosenAndDead();
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    await shop.order('bob');
    expect(await take(shop, dead)).toEqual({ kind: 'refunded', reason: 'late' });
    expect(await decisionOn(shop, 'pay_1')).not.toHaveProperty('order');
  });

  test('moves to the next order once the one that it names is dead', async () => {
    const { shop, dead, chosen } = await chosenAndDead();
    shop.clock.now += OVERDUE_MS;
    await shop.sweep();
    const outcome = await take(shop, dead);
    expect(outcome).toMatchObject({ kind: 'paid' });
    expect(outcome).not.toMatchObject({ orderId: chosen });
    expect(shop.refunds).toEqual([]);
  });

  test('of one delivery is carried out by another that would have decided otherwise', async () => {
    const { shop, dead, chosen } = await chosenAndDead();
    await changeClaim(shop, 'ada', { holder: aHolder('ada', { attempt: 9 }), amount: 1 });
    expect(await take(shop, dead)).toMatchObject({ kind: 'refunded' });
    expect(await take(shop, chosen)).toMatchObject({ kind: 'refunded' });
    expect(shop.refunds).toHaveLength(1);
  });

  test('to give back stands against a delivery that finds an order to pay', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    await shop.order('ada');
    const first = meanwhile(shop.store, isDecision, () => take(shop, 'nobody'));
    const outcome = await take({ ...shop, world: { ...shop.world, store: first } }, dead);
    expect(outcome).toEqual({ kind: 'refunded', reason: 'unknown-order' });
    expect(shop.refunds).toHaveLength(1);
    expect((await shop.claim('ada'))?.state).toBe('RESERVED');
  });

  test('to give back is repeated by a delivery that finds it without a refund', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    await shop.order('ada');
    shop.fails.refund = true;
    await take(shop, 'nobody');
    shop.fails.refund = false;
    expect(await take(shop, dead)).toEqual({ kind: 'refunded', reason: 'unknown-order' });
    expect(shop.refunds).toHaveLength(1);
    expect((await shop.claim('ada'))?.state).toBe('RESERVED');
  });

  test('to pay stands against a delivery under an order id that is no good', async () => {
    const shop = await openShop();
    const dead = await expired(shop);
    const newer = await shop.order('ada');
    const first = meanwhile(shop.store, isDecision, () => take(shop, dead));
    // An order id that is no good: this delivery would give the money back.
    const outcome = await take({ ...shop, world: { ...shop.world, store: first } }, 'nobody');
    expect(outcome.kind).not.toBe('refunded');
    expect(shop.refunds).toEqual([]);
    expect(await shop.claim('ada')).toMatchObject({ state: 'PAID', holder: newer.slice(-24) });
  });
});
