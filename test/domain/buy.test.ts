import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../../domain/order-id.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

const WINDOW_MS = 900_000;
const MINUTE_MS = 60_000;

describe('purchase()', () => {
  test('reserves a unit until payBy, and sends one message', async () => {
    const shop = await openShop();
    const outcome = await shop.buy('ada');
    expect(outcome).toMatchObject({
      kind: 'order',
      fresh: true,
      claim: { state: 'RESERVED', payBy: OPENS_AT + WINDOW_MS, amount: 1999 },
    });
    expect((await shop.shard(0)).avail).toBe(9);
    expect(shop.messages).toMatchObject([{ kind: 'order', state: 'RESERVED' }]);
  });

  test('answers not-open a millisecond before the opening, and closed at the closing', async () => {
    const shop = await openShop();
    shop.clock.now = OPENS_AT - 1;
    expect(await shop.buy('ada')).toEqual({ kind: 'not-open', opensAt: OPENS_AT });
    shop.clock.now = shop.sale.closesAt;
    expect(await shop.buy('ada')).toEqual({ kind: 'closed' });
    shop.clock.now = shop.sale.closesAt - 1;
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order' });
  });

  test('answers the same order to the same shopper again, and takes nothing more', async () => {
    const shop = await openShop();
    const first = await shop.order('ada');
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', fresh: false });
    expect(await shop.order('ada')).toBe(first);
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('gives every one of two simultaneous clicks the same order', async () => {
    const shop = await openShop();
    const outcomes = await Promise.all([shop.buy('ada'), shop.buy('ada'), shop.buy('ada')]);
    const holders = outcomes.map((one) => (one.kind === 'order' ? one.claim.holder : one.kind));
    expect(new Set(holders).size).toBe(1);
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('sells every unit once, whatever the crowd, and then says sold-out', async () => {
    const shop = await openShop({ items: [anItem({ units: 100 })] });
    const names = Array.from({ length: 300 }, (_, index) => `u${index}`);
    const outcomes = await Promise.all(names.map((name) => shop.buy(name)));
    const orders = outcomes.filter(({ kind }) => kind === 'order');
    expect(orders.length).toBeLessThanOrEqual(100);
    for (const name of names) {
      shop.clock.now += 1000;
      await shop.buy(name);
    }
    const held = await Promise.all([0, 1, 2].map((k) => shop.shard(k)));
    expect(held.map(({ avail }) => avail)).toEqual([0, 0, 0]);
    expect(held.reduce((sum, { held: holders }) => sum + (holders?.size ?? 0), 0)).toBe(100);
    expect(await shop.buy('late')).toEqual({ kind: 'sold-out' });
  });

  test('refuses more than the limit at once, and what would exceed it with what was paid', async () => {
    const shop = await openShop({ items: [anItem({ limit: 3 })] });
    expect(await shop.buy('ada', 4)).toEqual({ kind: 'limit-reached' });
    const first = await shop.order('ada', 2);
    expect(await shop.pay(first, 'pay_1', 2 * 1999)).toMatchObject({ kind: 'paid' });
    expect(await shop.buy('ada', 2)).toEqual({ kind: 'limit-reached' });
    const second = await shop.order('ada', 1);
    expect(partsOf(second.slice(-24))?.n).toBe(1);
    expect((await shop.claim('ada', 1))?.before).toBe(2);
  });

  test('is paid at once where the price is 0', async () => {
    const shop = await openShop({ items: [anItem({ price: 0 })] });
    expect(await shop.buy('ada')).toMatchObject({
      kind: 'order',
      claim: { state: 'PAID', payment: 'free' },
    });
    expect(shop.messages).toMatchObject([{ state: 'PAID' }]);
    expect(await shop.buy('ada')).toEqual({ kind: 'limit-reached' });
  });

  test('takes nothing from a shard where stock is unlimited', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    expect(await shop.buy('ada')).toMatchObject({
      kind: 'order',
      fresh: true,
      claim: { shards: 0 },
    });
    expect(await shop.shard(0)).toBeUndefined();
  });

  test('promises no unlimited order whose message was not sent, and sends it when asked again', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited' })] });
    shop.fails.send = true;
    expect(await shop.buy('ada')).toEqual({ kind: 'busy' });
    shop.fails.send = false;
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', fresh: false });
    expect(shop.messages).toHaveLength(1);
  });

  test('sends the message of a free unlimited order again when the limit is reached', async () => {
    const shop = await openShop({ items: [anItem({ units: 'unlimited', price: 0 })] });
    shop.fails.send = true;
    await shop.buy('ada');
    shop.fails.send = false;
    expect(await shop.buy('ada')).toEqual({ kind: 'limit-reached' });
    expect(shop.messages).toMatchObject([{ state: 'PAID' }]);
  });

  test('acknowledges a held unit although its message could not be sent', async () => {
    const shop = await openShop();
    shop.fails.send = true;
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', fresh: true });
  });

  test('says how many can be had where no shard has so many', async () => {
    const shop = await openShop({ items: [anItem({ units: 3, limit: 3 })] });
    await shop.order('ada', 2);
    shop.clock.now += 2000;
    expect(await shop.buy('bob', 3)).toEqual({ kind: 'quantity-unavailable', largest: 1 });
    expect(await shop.buy('eve', 2)).toEqual({ kind: 'quantity-unavailable', largest: 1 });
    expect(await shop.buy('eve', 1)).toMatchObject({ kind: 'order' });
  });

  test('lets a shopper begin again after a released order', async () => {
    const shop = await openShop();
    const first = await shop.order('ada');
    shop.clock.now += WINDOW_MS + MINUTE_MS + 1;
    const again = await shop.buy('ada');
    expect(again).toMatchObject({ kind: 'order', fresh: true });
    expect(await shop.order('ada')).not.toBe(first);
    expect((await shop.shard(0)).avail).toBe(9);
    expect(shop.messages).toMatchObject([
      { state: 'RESERVED' },
      { state: 'RELEASED', facts: { reason: 'expired' } },
      { state: 'RESERVED' },
    ]);
  });

  test('leaves an unpaid order alone until a minute after payBy', async () => {
    const shop = await openShop();
    const first = await shop.order('ada');
    shop.clock.now += WINDOW_MS + MINUTE_MS;
    expect(await shop.order('ada')).toBe(first);
  });

  test('gives no second chance after an expiry where the sale refuses it', async () => {
    const shop = await openShop({ afterExpiry: 'refuse' });
    await shop.order('ada');
    shop.clock.now += WINDOW_MS + MINUTE_MS + 1;
    expect(await shop.buy('ada')).toEqual({ kind: 'not-eligible' });
    expect((await shop.shard(0)).avail).toBe(10);
  });

  test('answers paused while an item is paused', async () => {
    const shop = await openShop();
    const offer = await shop.offer();
    expect(offer.status.phase).toBe('OPEN');
    await shop.store.write({
      item: { table: 'stock', pk: 'STATUS#night#lamp' },
      change: [{ op: 'set', attr: 'phase', value: 'PAUSED' }],
    });
    expect(await shop.buy('ada')).toEqual({ kind: 'paused' });
  });
});
