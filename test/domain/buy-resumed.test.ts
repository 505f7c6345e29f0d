import { describe, expect, test } from '@jest/globals';
import { confirmed } from '../../domain/claim.ts';
import { type Claim, claimKey, shardKey } from '../../domain/items.ts';
import { holderOf, orderIdOf } from '../../domain/order-id.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { buyerKeyOf, openShop } from '../support/shop.ts';

const WINDOW_MS = 900_000;
const MINUTE_MS = 60_000;

describe('buying', () => {
  const pending = async (shop: Awaited<ReturnType<typeof openShop>>, name: string) => {
    const holder = holderOf({
      buyerKey: buyerKeyOf(name),
      n: 0,
      attempt: 1,
      quantity: 1,
      since: OPENS_AT / 1000,
    });
    const claim: Claim = {
      state: 'PENDING',
      holder,
      probe: 0,
      shard: 0,
      shards: 1,
      quantity: 1,
      price: 1999,
      amount: 1999,
      currency: 'EUR',
      before: 0,
      shopper: `i-${name}`,
      transaction: 't',
      claimedAt: OPENS_AT,
      leaseAt: OPENS_AT + 30_000,
      changedAt: OPENS_AT,
      eraseAt: 1,
    };
    await shop.store.write({ item: claimKey(shop.item(), buyerKeyOf(name), 0), put: claim });
    return claim;
  };

  test('resumes an attempt that stopped before its hold', async () => {
    const shop = await openShop();
    const { holder } = await pending(shop, 'ada');
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', claim: { holder } });
  });

  test('resumes an attempt that stopped between hold and confirm, and holds nothing twice', async () => {
    const shop = await openShop();
    const { holder } = await pending(shop, 'ada');
    await shop.store.write({
      item: shardKey(shop.item(), 0),
      put: { cap: 10, avail: 9, held: new Set([holder]) },
    });
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', claim: { holder } });
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('finishes a release that stopped half way before it begins again', async () => {
    const shop = await openShop();
    const id = await shop.order('ada');
    const claim = await shop.claim('ada');
    await shop.store.write({
      item: claimKey(shop.item(), buyerKeyOf('ada'), 0),
      put: { ...claim, state: 'RELEASING', reason: 'cancelled' } as never,
    });
    const again = await shop.order('ada');
    expect(again).not.toBe(id);
    expect((await shop.shard(0)).avail).toBe(9);
    expect(shop.messages[1]).toMatchObject({ state: 'RELEASED', facts: { reason: 'cancelled' } });
  });

  test('is busy while a release cannot tell of itself', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.fails.send = true;
    shop.clock.now += WINDOW_MS + MINUTE_MS + 1;
    expect(await shop.buy('ada')).toEqual({ kind: 'busy' });
  });

  test('says what the last unit was', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('ada');
    const [hint] = await shop.store.read([{ table: 'stock', pk: 'HINT#night#lamp#0' }]);
    expect(hint).toEqual({ empty: new Set([0]) });
  });

  test('gives an attempt up at the end of its sequence, and says that it is the end', async () => {
    const shop = await openShop({ items: [anItem({ units: 1 })] });
    await shop.order('ada');
    const before = shop.store.items.size;
    shop.clock.now += 1000;
    expect(await shop.buy('bob')).toEqual({ kind: 'sold-out' });
    expect(await shop.claim('bob')).toMatchObject({ state: 'RELEASED', reason: 'sold-out' });
    expect(shop.store.items.size).toBe(before + 1);
  });
});

describe('confirmed()', () => {
  test('keeps everything that the claim says', async () => {
    const shop = await openShop();
    const id = await shop.order('ada');
    const claim = await shop.claim('ada');
    expect(orderIdOf({ ...shop.item(), holder: claim?.holder ?? '' })).toBe(id);
    expect(confirmed({ now: 1, paymentWindow: 2 } as never, claim as Claim)).toMatchObject({
      holder: claim?.holder,
      payBy: 2001,
    });
  });
});
