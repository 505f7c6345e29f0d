import { describe, expect, test } from '@jest/globals';
import { findOrder } from '../../domain/order.ts';
import { checkOutOrder } from '../../lambdas/order/check-out.ts';
import { take } from '../domain/payment-builders.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';

const PLACE = { provider: 'https://pay', key: 'key', site: 'https://shop' };
const WINDOW_MS = 900_000;

async function find(shop: Shop, orderId: string) {
  const keys = { of: () => buyerKeyOf('ada') };
  const order = await findOrder(shop.world, keys, 'ada', orderId, shop.clock.now);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

const checkOut = async (shop: Shop, orderId: string) =>
  checkOutOrder(shop.store, await find(shop, orderId), PLACE, shop.clock.now);

describe('checkOutOrder()', () => {
  test('leads to a page for this order that is over before the order is', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const url = new URL((await checkOut(shop, orderId)) ?? '');
    const [json = ''] = url.searchParams.get('token')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(json, 'base64url').toString())).toEqual({
      ...{ orderId, amountMinor: 1999, currency: 'EUR', title: 'Night of the lamps: Lamp' },
      returnUrl: `https://shop/sales/night/?order=${orderId}`,
      expiresEpochMs: shop.clock.now + WINDOW_MS - 5000,
    });
  });

  test('notes on the claim which token was given, and when', async () => {
    const shop = await openShop();
    await checkOut(shop, await shop.order('ada'));
    expect(await shop.claim('ada')).toMatchObject({
      token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      checkoutAt: shop.clock.now,
    });
  });

  test('is possible until five seconds before payBy, and not from then on', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    shop.clock.now += WINDOW_MS - 5001;
    expect(await checkOut(shop, orderId)).toBeDefined();
    shop.clock.now += 1;
    expect(await checkOut(shop, orderId)).toBeUndefined();
  });

  test('is not possible once the order is paid, also where that happens meanwhile', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const seen = await find(shop, orderId);
    await take(shop, orderId);
    expect(await checkOut(shop, orderId)).toBeUndefined();
    expect(await checkOutOrder(shop.store, seen, PLACE, shop.clock.now)).toBeUndefined();
    expect(await shop.claim('ada')).not.toHaveProperty('token');
  });

  test('is not possible for an order whose claim has gone on', async () => {
    const shop = await openShop();
    const order = await find(shop, await shop.order('ada'));
    const gone = { ...order, claim: undefined };
    expect(await checkOutOrder(shop.store, gone, PLACE, shop.clock.now)).toBeUndefined();
  });

  test('calls an item by its SKU where the sale has it no more', async () => {
    const shop = await openShop();
    const order = await find(shop, await shop.order('ada'));
    const bare = { ...order, sale: { ...order.sale, items: [] } };
    const url = await checkOutOrder(shop.store, bare, PLACE, shop.clock.now);
    const [json = ''] = new URL(url ?? '').searchParams.get('token')?.split('.') ?? [];
    expect(Buffer.from(json, 'base64url').toString()).toContain('Night of the lamps: lamp');
  });
});
