/** Pressing Buy again after an answer that may have been lost, when nobody can buy any more. */

import { describe, expect, test } from '@jest/globals';
import { statusKey } from '../../domain/items.ts';
import { purchase } from '../../domain/purchase.ts';
import { set } from '../../domain/write.ts';
import { anItem } from '../support/sales.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';
import { aClaim, changeClaim, putClaim, putHeld } from './claim-builders.ts';

const GRACE_MS = 60_000;

const change = (shop: Shop, attr: string, value: string | boolean) =>
  shop.store.write({ item: statusKey(shop.item()), change: [set(attr, value)] });

/** All that a sale can be when nobody can buy in it. */
const ENDS: readonly (readonly [string, (shop: Shop) => unknown])[] = [
  ['sold-out', (shop) => change(shop, 'soldOut', true)],
  ['paused', (shop) => change(shop, 'phase', 'PAUSED')],
  ['closed', (shop) => change(shop, 'phase', 'CLOSED')],
  ['closed', (shop) => (shop.clock.now = shop.sale.closesAt)],
];

const windowed = { paymentWindow: 2 * 3600 };

describe.each(ENDS)('purchase() again in a sale that is %s', (kind, end) => {
  test('answers the order that stands, whatever quantity is asked for', async () => {
    const shop = await openShop({ ...windowed, items: [anItem({ limit: 2 })] });
    await shop.order('ada');
    const claim = await shop.claim('ada');
    await end(shop);
    for (const quantity of [1, 2, 3]) {
      expect(await shop.buyAgain('ada', quantity)).toEqual({ kind: 'order', claim, fresh: false });
    }
    expect(await shop.buy('ada')).toEqual({ kind });
  });

  test('refuses who has none, after one read', async () => {
    const shop = await openShop({ items: [anItem({ limit: 100 })] });
    await end(shop);
    const reads: string[] = [];
    const read = (keys: Parameters<typeof shop.store.read>[0]) => {
      reads.push(...keys.map(({ pk }) => pk));
      return shop.store.read(keys);
    };
    const world = { ...shop.world, store: { ...shop.store, read } };
    const buyer = { buyerKey: 'A'.repeat(14), shopper: 'i-ada', transaction: 't' };
    const press = async (again: boolean) =>
      purchase(world, await shop.offer(), buyer, 1, shop.clock.now, again);
    expect(await press(true)).toEqual({ kind });
    expect(reads).toEqual([`CLAIM#night#lamp#${buyer.buyerKey}#0`]);
    expect(await press(false)).toEqual({ kind });
    expect(reads).toHaveLength(1);
  });

  test('finds the order that follows one that was paid', async () => {
    const shop = await openShop({ ...windowed, items: [anItem({ limit: 3 })] });
    await shop.pay(await shop.order('ada'), 'pay_1');
    await end(shop);
    expect(await shop.buyAgain('ada')).toEqual({ kind });
    await change(shop, 'soldOut', false);
    await change(shop, 'phase', 'OPEN');
    shop.clock.now = shop.sale.opensAt;
    await shop.order('ada', 2);
    await end(shop);
    const claim = await shop.claim('ada', 1);
    expect(await shop.buyAgain('ada')).toEqual({ kind: 'order', claim, fresh: false });
  });

  test('answers an order until its payment window and grace are over, and no released one', async () => {
    const shop = await openShop(windowed);
    await shop.order('ada');
    await end(shop);
    const payBy = (ms: number) => changeClaim(shop, 'ada', { payBy: shop.clock.now - ms });
    await payBy(GRACE_MS);
    expect(await shop.buyAgain('ada')).toMatchObject({ kind: 'order' });
    await payBy(GRACE_MS + 1);
    expect(await shop.buyAgain('ada')).toEqual({ kind });
    for (const state of ['RELEASING', 'RELEASED'] as const) {
      await changeClaim(shop, 'ada', { state, payBy: shop.clock.now });
      expect(await shop.buyAgain('ada')).toEqual({ kind });
    }
  });

  test('answers a free order, which was paid before anybody heard of it', async () => {
    const shop = await openShop({ items: [anItem({ price: 0, units: 'unlimited' })] });
    await shop.order('ada');
    await end(shop);
    shop.messages.splice(0);
    expect(await shop.buyAgain('ada')).toMatchObject({ kind: 'order', fresh: false });
    expect(shop.messages).toMatchObject([{ state: 'PAID' }]);
    shop.fails.send = true;
    expect(await shop.buyAgain('ada')).toEqual({ kind: 'busy' });
  });

  test('goes on with an attempt that stopped before its confirm only where somebody could buy', async () => {
    const shop = await openShop();
    const claim = aClaim();
    await putClaim(shop, 'ada', claim);
    await putHeld(shop, claim.holder);
    await end(shop);
    const order = { kind: 'order', fresh: true, claim: { state: 'RESERVED' } };
    expect(await shop.buyAgain('ada')).toMatchObject(kind === 'sold-out' ? order : { kind });
    expect((await shop.shard(0)).avail).toBe(9);
  });
});

describe('purchase() again', () => {
  test('finds the order of whoever proves by asking that nothing is left', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('ada');
    const buyer = { buyerKey: buyerKeyOf('ada'), shopper: 'i-ada', transaction: 't' };
    // Where every shard is said to be empty, nobody looks at a claim before the scan.
    const offer = await shop.offer(undefined, new Set([0]));
    const press = (again: boolean) => purchase(shop.world, offer, buyer, 1, shop.clock.now, again);
    const claim = await shop.claim('ada');
    expect(await press(true)).toEqual({ kind: 'order', claim, fresh: false });
    expect((await shop.status()).soldOut).toBe(true);
  });

  test('says sold-out of an attempt that holds nothing and finds nothing', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('bob');
    await putClaim(shop, 'ada', aClaim());
    await change(shop, 'soldOut', true);
    expect(await shop.buyAgain('ada')).toEqual({ kind: 'sold-out' });
    expect((await shop.claim('ada'))?.state).toBe('RELEASED');
  });

  test('answers a free order in place of the limit that it reached, and a paid one never', async () => {
    const free = await openShop({ items: [anItem({ price: 0 })] });
    await free.order('ada');
    expect(await free.buy('ada')).toEqual({ kind: 'limit-reached' });
    expect(await free.buyAgain('ada')).toMatchObject({ kind: 'order', fresh: false });
    const shop = await openShop();
    await shop.pay(await shop.order('ada'), 'pay_1');
    expect(await shop.buyAgain('ada')).toEqual({ kind: 'limit-reached' });
  });

  test('buys where there is something to buy, and nothing before the opening', async () => {
    const shop = await openShop();
    expect(await shop.buyAgain('ada')).toMatchObject({ kind: 'order', fresh: true });
    expect(await shop.buyAgain('ada')).toMatchObject({ kind: 'order', fresh: false });
    shop.clock.now = shop.sale.opensAt - 1;
    expect(await shop.buyAgain('ada')).toMatchObject({ kind: 'not-open' });
  });
});
