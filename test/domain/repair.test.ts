import { describe, expect, test } from '@jest/globals';
import { hintKey, shardKey, statusKey } from '../../domain/items.ts';
import { isBeyondRepair, isRepairable, repair } from '../../domain/repair.ts';
import { type ItemFindings, lookAtSale } from '../../domain/repair-look.ts';
import { anItem } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { changeClaim } from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

const silently = () => {};

const look = (shop: Shop) => lookAtSale(shop.world, shop.sale, shop.clock.now, silently);

const mend = (shop: Shop, tell = silently) => repair(shop.world, shop.sale, shop.clock.now, tell);

const WELL: ItemFindings = { sku: 'lamp', cases: [], flaws: [], skipped: 0 };

/** 201 shards of 1 unit: two ranges. */
const TWO_RANGES = {
  items: [anItem({ units: 201 })],
  admission: { expectedShoppers: 0, perSecond: 250 * 201, difficulty: 0, ticketSeconds: 10 },
};

const FREE = { items: [anItem({ units: 'unlimited' })] };

describe('lookAtSale()', () => {
  test('finds nothing in a sale that is well, and changes nothing', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await shop.deliver();
    shop.clock.now += 30_000;
    const before = JSON.stringify([...shop.store.items]);
    expect(await look(shop)).toEqual([WELL]);
    expect([WELL].map(isRepairable)).toEqual([false]);
    expect([JSON.stringify([...shop.store.items]), shop.messages]).toEqual([before, []]);
  });

  test('names each order with its verdict, its state and its age, and touches none', async () => {
    const shop = await openShop();
    const ada = await shop.order('ada');
    const bob = await shop.order('bob');
    await shop.deliver();
    await take(shop, bob);
    await shop.deliver();
    await shop.order('eve');
    await changeClaim(shop, 'eve', { state: 'RELEASING', reason: 'cancelled' });
    const since = shop.clock.now;
    shop.clock.now += OVERDUE_MS;
    const before = JSON.stringify([...shop.store.items]);
    const [found] = await look(shop);
    expect(found?.cases).toHaveLength(3);
    expect(found?.cases).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ orderId: ada, verdict: 'expire', state: 'RESERVED', since }),
        expect.objectContaining({ orderId: bob, verdict: 'settle', state: 'PAID', since }),
        expect.objectContaining({ verdict: 'finish', state: 'RELEASING', since }),
      ]),
    );
    expect(found && isRepairable(found)).toBe(true);
    expect(JSON.stringify([...shop.store.items])).toBe(before);
  });

  test('leaves holders younger than 30 seconds out, as the sweep does', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.clock.now += 29_999;
    expect(await look(shop)).toEqual([WELL]);
    shop.clock.now += 1;
    expect(await look(shop)).toMatchObject([{ cases: [{ verdict: 'resend' }] }]);
  });

  test('sees what shoppers are told wrongly, either way', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    const say = async (soldOut: boolean) =>
      shop.store.write({
        item: statusKey(shop.item()),
        put: { ...(await shop.status()), soldOut },
      });
    await say(true);
    expect(await look(shop)).toEqual([{ ...WELL, soldOut: 'said-but-free' }]);
    await say(false);
    expect(await look(shop)).toEqual([WELL]);
    await shop.order('ada');
    expect(await look(shop)).toEqual([{ ...WELL, soldOut: 'not-said' }]);
    await say(true);
    expect(await look(shop)).toEqual([WELL]);
  });

  test('sees shards that buyers skip though they have units', async () => {
    const shop = await openShop(TWO_RANGES);
    const item = hintKey(shop.item(), 1);
    await shop.store.write({ item, put: { empty: new Set([200]) } });
    expect(await look(shop)).toEqual([{ ...WELL, skipped: 1 }]);
  });

  test('names what no sweep puts right: a missing claim, and a shard with a wrong sum', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const [claim = ''] = [...shop.store.items.keys()].filter((name) => name.includes('CLAIM#'));
    shop.store.items.delete(claim);
    shop.clock.now += 30_000;
    const [gone] = await look(shop);
    expect(gone).toMatchObject({ cases: [{ orderId, verdict: 'alarm' }], flaws: [] });
    expect(gone && [isRepairable(gone), isBeyondRepair(gone)]).toEqual([false, true]);

    const item = shardKey(shop.item(), 0);
    await shop.store.write({ item, put: { cap: 10, avail: 11 } });
    const [wrong] = await look(shop);
    const what = 'available, held and sold units are 11, not 10';
    expect(wrong).toEqual({ ...WELL, flaws: [{ shard: item.pk, what }] });
    expect(wrong && [isRepairable(wrong), isBeyondRepair(wrong)]).toEqual([false, true]);
  });

  test('looks at orders of stock without end by their records, once the sweep does', async () => {
    const shop = await openShop(FREE);
    const orderId = await shop.order('ada');
    await shop.deliver();
    shop.clock.now = shop.sale.closesAt + 900_000 - 1;
    expect(await look(shop)).toEqual([WELL]);
    shop.clock.now += 1;
    expect(await look(shop)).toMatchObject([{ cases: [{ orderId, verdict: 'expire' }] }]);
  });

  test('leaves records out whose claim is erased or went on, and tells after each range', async () => {
    const shop = await openShop(FREE);
    await shop.order('ada');
    await shop.deliver();
    shop.clock.now = shop.sale.closesAt + 900_000;
    for (const name of shop.store.items.keys()) {
      if (name.includes('CLAIM#')) shop.store.items.delete(name);
    }
    expect(await look(shop)).toEqual([WELL]);
    const large = await openShop(TWO_RANGES);
    let told = 0;
    await lookAtSale(large.world, large.sale, large.clock.now, () => told++);
    expect(told).toBe(2);
  });

  test('finds nothing in an item that is not ready', async () => {
    const shop = await openShop();
    shop.store.items.delete('stock/STATUS#night#lamp/');
    expect(await look(shop)).toEqual([WELL]);
  });
});

describe('repair()', () => {
  test('does what the look found, and leaves nothing to find', async () => {
    const shop = await openShop();
    await shop.order('ada');
    await shop.deliver();
    shop.clock.now += OVERDUE_MS;
    expect(await mend(shop)).toMatchObject({ kind: 'repaired', did: { expire: 1, alarm: 0 } });
    await shop.deliver();
    expect(await look(shop)).toEqual([WELL]);
    expect(await shop.shard(0)).toMatchObject({ avail: 10 });
    expect(await mend(shop)).toMatchObject({ did: { expire: 0 } });
  });

  test('sweeps every range at once, and hands none to the queue', async () => {
    const shop = await openShop(TWO_RANGES);
    for (const name of ['ada', 'bob', 'eve', 'joe']) await shop.order(name);
    await shop.deliver();
    shop.clock.now += OVERDUE_MS;
    let told = 0;
    const { did } = await mend(shop, () => told++);
    expect([did.expire, told]).toEqual([4, 1]);
    await shop.deliver();
    expect(await look(shop)).toEqual([WELL]);
    const hints = await shop.store.read([hintKey(shop.item(), 0), hintKey(shop.item(), 1)]);
    expect(hints).toMatchObject([{ sweptAt: shop.clock.now }, { sweptAt: shop.clock.now }]);
  });

  test('takes "sold out" back, and writes wrong hints anew', async () => {
    const shop = await openShop({ items: [anItem({ units: 2 })] });
    const status = await shop.status();
    await shop.store.write({ item: statusKey(shop.item()), put: { ...status, soldOut: true } });
    await shop.store.write({ item: hintKey(shop.item(), 0), put: { empty: new Set([0]) } });
    await mend(shop);
    expect(await look(shop)).toEqual([WELL]);
    expect((await shop.status()).soldOut).toBe(false);
  });

  test('counts what it does about orders of stock without end', async () => {
    const shop = await openShop(FREE);
    await shop.order('ada');
    await shop.deliver();
    shop.clock.now = shop.sale.closesAt + 1_000_000;
    expect((await mend(shop)).did).toEqual({ expire: 1 });
    expect(await shop.claim('ada')).toMatchObject({ state: 'RELEASED', reason: 'expired' });
  });
});
