import { describe, expect, test } from '@jest/globals';
import type { Claim } from '../../domain/items.ts';
import { run, type World } from '../../domain/process.ts';
import { release, releasing } from '../../domain/release.ts';
import { openShop, type Shop } from '../support/shop.ts';
import {
  aClaim,
  aHolder,
  changeClaim,
  meanwhile,
  putClaim,
  putHeld,
  setsState,
  stopsAfter,
} from './claim-builders.ts';
import { OVERDUE_MS, take } from './payment-builders.ts';

type Reason = 'expired' | 'cancelled' | 'lapsed';

async function releaseOf(shop: Shop, reason: Reason, world: World = shop.world) {
  const claim = (await shop.claim('ada')) as Claim;
  return run(releasing, release(shop.item(), claim, reason, shop.clock.now), world);
}

describe('releasing', () => {
  test('returns the units, counts it and takes back that the item is sold out', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const status = { ...(await shop.status()), soldOut: true };
    await shop.store.write({ item: { table: 'stock', pk: 'STATUS#night#lamp' }, put: status });
    expect(await releaseOf(shop, 'cancelled')).toMatchObject({
      kind: 'released',
      claim: { state: 'RELEASED', reason: 'cancelled', releasedAt: shop.clock.now },
    });
    expect(await shop.shard(0)).toEqual({ cap: 10, avail: 10 });
    expect(await shop.status()).toMatchObject({ releases: 1, soldOut: false });
  });

  test('expires an order a minute after payBy, and not a millisecond before', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.clock.now += OVERDUE_MS - 1;
    expect(await releaseOf(shop, 'expired')).toMatchObject({
      kind: 'stands',
      claim: { state: 'RESERVED' },
    });
    shop.clock.now += 1;
    expect(await releaseOf(shop, 'expired')).toMatchObject({ kind: 'released' });
  });

  test('lapses an attempt after its lease, and tells nobody, for nobody heard of it', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim());
    await putHeld(shop, aHolder());
    shop.clock.now += 30_000;
    expect(await releaseOf(shop, 'lapsed')).toMatchObject({ kind: 'stands' });
    shop.clock.now += 1;
    expect(await releaseOf(shop, 'lapsed')).toMatchObject({ kind: 'released' });
    expect((await shop.shard(0)).avail).toBe(10);
    expect(shop.messages).toEqual([]);
  });

  test('lets an order stand that is paid meanwhile', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const store = meanwhile(shop.store, setsState('RELEASING'), () => take(shop, orderId));
    expect(await releaseOf(shop, 'cancelled', { ...shop.world, store })).toMatchObject({
      kind: 'stands',
      claim: { state: 'PAID' },
    });
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('returns units once, however many release the order at the same time', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const outcomes = await Promise.all([1, 2, 3].map(() => releaseOf(shop, 'cancelled')));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['released', 'released', 'released']);
    expect((await shop.shard(0)).avail).toBe(10);
    expect((await shop.status()).releases).toBe(1);
  });

  test('goes on where it stopped, whichever write was the last', async () => {
    for (let writes = 0; writes < 4; writes++) {
      const shop = await openShop();
      await shop.order('ada');
      const store = stopsAfter(shop.store, writes);
      await expect(releaseOf(shop, 'cancelled', { ...shop.world, store })).rejects.toThrow('stop');
      expect(await releaseOf(shop, 'cancelled')).toMatchObject({ kind: 'released' });
      expect(await shop.shard(0)).toEqual({ cap: 10, avail: 10 });
    }
  });

  test('keeps the first reason when somebody else goes on with it', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const store = stopsAfter(shop.store, 1);
    await expect(releaseOf(shop, 'cancelled', { ...shop.world, store })).rejects.toThrow('stop');
    expect(await releaseOf(shop, 'expired')).toMatchObject({ claim: { reason: 'cancelled' } });
    expect(shop.messages.at(-1)).toMatchObject({ facts: { reason: 'cancelled' } });
  });

  test('returns no unit before the message of it is sent', async () => {
    const shop = await openShop();
    await shop.order('ada');
    shop.fails.send = true;
    expect(await releaseOf(shop, 'cancelled')).toEqual({ kind: 'unsent' });
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('answers released where it is released already, and stands where another attempt is', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const claim = (await shop.claim('ada')) as Claim;
    await releaseOf(shop, 'cancelled');
    const again = () =>
      run(releasing, release(shop.item(), claim, 'cancelled', shop.clock.now), shop.world);
    expect(await again()).toMatchObject({ kind: 'released' });
    await changeClaim(shop, 'ada', { holder: aHolder('ada', { attempt: 2 }), state: 'RESERVED' });
    expect(await again()).toMatchObject({ kind: 'stands', claim: { state: 'RESERVED' } });
  });

  test('stands where the claim is taken over before it can be finished', async () => {
    const shop = await openShop();
    await shop.order('ada');
    const store = meanwhile(shop.store, setsState('RELEASED'), () =>
      changeClaim(shop, 'ada', { holder: aHolder('ada', { attempt: 2 }), state: 'PENDING' }),
    );
    expect(await releaseOf(shop, 'cancelled', { ...shop.world, store })).toMatchObject({
      kind: 'stands',
      claim: { state: 'PENDING' },
    });
  });

  test.each([0, 1, 2, 3])(
    'is recorded in the end, although it stops after %d writes and nobody comes back',
    async (writes) => {
      const shop = await openShop();
      const orderId = await shop.order('ada');
      await shop.deliver();
      const world = { ...shop.world, store: stopsAfter(shop.store, writes) };
      await expect(releaseOf(shop, 'cancelled', world)).rejects.toThrow('the function stopped');
      shop.clock.now += OVERDUE_MS;
      await shop.settle();
      expect(await shop.record(orderId)).toMatchObject({ state: 'RELEASED' });
      expect((await shop.shard(0)).avail).toBe(10);
    },
  );
});
