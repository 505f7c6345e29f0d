import { describe, expect, test } from '@jest/globals';
import { audit } from '../../domain/audit.ts';
import { FORGOTTEN, forget } from '../../domain/forget.ts';
import type { Claim } from '../../domain/items.ts';
import { claimKey } from '../../domain/items.ts';
import { orderOf } from '../../domain/order-id.ts';
import type { OrderRecord } from '../../domain/order-record.ts';
import { GRACE_MS } from '../../domain/steps.ts';
import { anItem } from '../support/sales.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';
import { changeClaim } from './claim-builders.ts';
import { expired, OVERDUE_MS, take } from './payment-builders.ts';

const buyerKeys = { of: (_: unknown, shopper: string) => buyerKeyOf(shopper.slice(2)) };

const forgetAda = ({ store, sale, clock }: Shop) =>
  forget({ store, buyerKeys }, [sale], 'i-ada', clock.now);

const TRACES = { contact: 'c', network: 'n', device: 'd', ja4: 'j', agent: 'a', country: 'DE' };

describe('forget()', () => {
  test('erases who it was from paid and released orders, and leaves the rest of the claim', async () => {
    const shop = await openShop();
    await take(shop, await shop.order('ada'));
    await changeClaim(shop, 'ada', TRACES);
    const before = await shop.claim('ada');
    expect(await forgetAda(shop)).toEqual({ kind: 'forgotten', erased: 1, open: [] });
    const { shopper, ...kept } = (await shop.claim('ada')) as Claim;
    expect(shopper).toBe(FORGOTTEN);
    const { shopper: _, ...rest } = before as Claim;
    const left = Object.entries(rest).filter(([name]) => !Object.hasOwn(TRACES, name));
    expect(kept).toEqual(Object.fromEntries(left));
  });

  test('once more changes nothing', async () => {
    const shop = await openShop();
    await take(shop, await shop.order('ada'));
    await forgetAda(shop);
    const before = await shop.claim('ada');
    expect(await forgetAda(shop)).toEqual({ kind: 'forgotten', erased: 0, open: [] });
    expect(await shop.claim('ada')).toEqual(before);
  });

  test('finds every order of a shopper, and nobody else’s', async () => {
    const shop = await openShop({
      items: [anItem({ limit: 3 }), anItem({ sku: 'shade', limit: 2 })],
    });
    for (const reference of ['pay_1', 'pay_2', 'pay_3']) {
      await take(shop, await shop.order('ada'), { reference });
    }
    await take(shop, await shop.order('ada', 1, 'shade'), { reference: 'pay_4' });
    await take(shop, await shop.order('bob'), { reference: 'pay_5' });
    expect(await forgetAda(shop)).toMatchObject({ erased: 4 });
    expect((await shop.claim('bob'))?.shopper).toBe('i-bob');
  });

  test('leaves an open order its shopper, and says until when', async () => {
    const shop = await openShop({ items: [anItem({ limit: 2 })] });
    await take(shop, await shop.order('ada'));
    const orderId = await shop.order('ada');
    const { payBy = 0 } = (await shop.claim('ada', 1)) ?? {};
    const until = payBy + GRACE_MS + 60_000;
    expect(await forgetAda(shop)).toEqual({
      ...{ kind: 'open', erased: 1, open: [{ orderId, until }] },
    });
    expect((await shop.claim('ada', 1))?.shopper).toBe('i-ada');
    shop.clock.now = until;
    await shop.sweep();
    expect(await forgetAda(shop)).toEqual({ kind: 'forgotten', erased: 1, open: [] });
  });

  test('leaves an attempt that is under way until its lease is over', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const leaseAt = shop.clock.now + 30_000;
    await changeClaim(shop, 'ada', { state: 'PENDING', leaseAt });
    const key = claimKey(shop.item(), buyerKeyOf('ada'), 0);
    await shop.store.write({ item: key, change: [{ op: 'unset', attr: 'payBy' }] });
    expect(await forgetAda(shop)).toMatchObject({
      ...{ kind: 'open', open: [{ until: leaseAt + 60_000 }] },
    });
  });

  test('never says an instant that is over', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.clock.now += OVERDUE_MS * 2;
    const { open } = await forgetAda(shop);
    expect(open).toMatchObject([{ until: shop.clock.now + 60_000 }]);
  });

  test('does not keep a late payment from buying again', async () => {
    const shop = await openShop();
    const orderId = await expired(shop);
    await forgetAda(shop);
    expect(await take(shop, orderId)).toMatchObject({ kind: 'paid' });
    expect(await shop.claim('ada')).toMatchObject({ state: 'PAID', shopper: FORGOTTEN });
  });

  test('leaves an audit as it was', async () => {
    const shop = await openShop();
    await take(shop, await shop.order('ada'));
    await shop.settle();
    await shop.settle();
    const before = await verdictOf(shop);
    await forgetAda(shop);
    expect(await verdictOf(shop)).toEqual(before);
    expect(before).toMatchObject({ 'no-oversell': true, 'no-duplicate': true });
  });
});

/** The promises, judged by what the tables hold. */
async function verdictOf(shop: Shop) {
  const { sku } = shop.item();
  const under = (prefix: string) =>
    [...shop.store.items].filter(([name]) => name.startsWith(prefix));
  const claims = under('stock/CLAIM#').map(([name, claim]) => {
    const [, , , buyerKey = '', n] = name.slice(0, -1).split('#');
    return { sku, buyerKey, n: Number(n), claim: claim as unknown as Claim };
  });
  const records = under('orders/ORDER#').map(([, record]) => record as unknown as OrderRecord);
  expect(records.every(({ orderId }) => orderOf(orderId))).toBe(true);
  const shards = [{ index: 0, shard: await shop.shard(0) }];
  const grants = [{ at: shop.sale.publishedAt, units: 10 }];
  const status = await shop.status();
  const items = [{ sku, status, shards, grants, claims, records }];
  return audit({ sale: shop.sale, items, now: shop.clock.now }).promises;
}
