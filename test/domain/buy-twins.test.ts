import { describe, expect, test } from '@jest/globals';
import { shardKey } from '../../domain/items.ts';
import type { Store } from '../../domain/ports.ts';
import { purchase } from '../../domain/purchase.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { buyerKeyOf, openShop, type Shop } from '../support/shop.ts';
import { aClaim, aHolder, changeClaim, meanwhile, putClaim, setsState } from './claim-builders.ts';

const buyer = { buyerKey: buyerKeyOf('ada'), shopper: 'i-ada', transaction: 't-ada' };

const buyIn = async (shop: Shop, store: Store, empty: ReadonlySet<number> = new Set()) =>
  purchase({ ...shop.world, store }, await shop.offer('lamp', empty), buyer, 1, shop.clock.now);

const isHold = (write: { item: { pk: string } }) => write.item.pk.startsWith('STOCK#');
const isMove = (write: object) => JSON.stringify(write).includes('"attr":"probe","value":');
const NEXT = { holder: aHolder('ada', { attempt: 2 }) };

/** Shards of one unit each. */
const ones = (units: number) => ({
  items: [anItem({ units })],
  admission: { expectedShoppers: 0, perSecond: 250 * units, difficulty: 0, ticketSeconds: 10 },
});

const drain = (shop: Shop, shards: readonly number[]) =>
  Promise.all(
    shards.map((k) =>
      shop.store.write({ item: shardKey(shop.item(), k), put: { cap: 1, avail: 0 } }),
    ),
  );

describe('purchase() beside a twin', () => {
  test('gives a hold back that a twin has overtaken, and answers the order of the twin', async () => {
    const shop = await openShop(ones(2));
    // The twin holds elsewhere and confirms there, between this hold and its confirmation.
    const store = meanwhile(shop.store, setsState('RESERVED'), async () => {
      const claim = await shop.claim('ada');
      await changeClaim(shop, 'ada', {
        ...{ state: 'RESERVED', probe: 1, shard: 1 - (claim?.shard ?? 0) },
        ...{ reservedAt: OPENS_AT, payBy: OPENS_AT + 900_000 },
      });
    });
    const outcome = await buyIn(shop, store);
    expect(outcome).toMatchObject({ kind: 'order', claim: { probe: 1 } });
    expect(await Promise.all([0, 1].map(async (k) => (await shop.shard(k)).avail))).toEqual([1, 1]);
    expect((await shop.status()).releases).toBe(1);
  });

  test('tells of an order of a twin that is being released before it gives its unit back', async () => {
    const shop = await openShop(ones(1));
    // The twin confirms and is answered; a cancel decides, and stops before it has told anybody.
    const store = meanwhile(shop.store, setsState('RESERVED'), () =>
      changeClaim(shop, 'ada', {
        ...{ state: 'RELEASING', reason: 'cancelled', reservedAt: OPENS_AT },
        ...{ payBy: OPENS_AT + 900_000, releasedAt: OPENS_AT },
      }),
    );
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order', claim: NEXT });
    const [released] = shop.messages;
    expect(released).toMatchObject({ state: 'RELEASED', holder: aHolder('ada') });
  });

  test('gives back nothing of it where nobody can be told', async () => {
    const shop = await openShop(ones(1));
    const store = meanwhile(shop.store, setsState('RESERVED'), () =>
      changeClaim(shop, 'ada', { state: 'RELEASING', reason: 'cancelled', reservedAt: OPENS_AT }),
    );
    shop.fails.send = true;
    expect(await buyIn(shop, store)).toEqual({ kind: 'busy' });
    expect(await shop.shard(0)).toMatchObject({ avail: 0, held: new Set([aHolder('ada')]) });
  });

  test('counts no release of a hold that somebody else gave back', async () => {
    const shop = await openShop();
    const store = meanwhile(shop.store, setsState('RESERVED'), async () => {
      await changeClaim(shop, 'ada', NEXT);
      await shop.store.write({ item: shardKey(shop.item(), 0), put: { cap: 10, avail: 10 } });
    });
    expect(await buyIn(shop, store)).toEqual({ kind: 'busy' });
    expect((await shop.status()).releases).toBe(0);
  });

  test('follows a twin that has moved on', async () => {
    const shop = await openShop(ones(3));
    const [first, second, third] = await orderOfShards(shop);
    await drain(shop, [first, second]);
    const store = meanwhile(shop.store, isMove, () =>
      changeClaim(shop, 'ada', { probe: 2, shard: third }),
    );
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order', claim: { shard: third } });
  });

  test.each([
    ['has gone on to the next attempt', NEXT],
    ['is giving the attempt up', { state: 'RELEASING' }],
    ['stands where it was', { holder: aHolder(), probe: -1 }],
  ] as const)('is busy where the claim %s', async (_, changes) => {
    const shop = await openShop(ones(2));
    await drain(shop, [0, 1]);
    const store = meanwhile(shop.store, isMove, () => changeClaim(shop, 'ada', changes as never));
    expect(await buyIn(shop, store)).toEqual({ kind: 'busy' });
  });

  test('is busy where the claim is gone', async () => {
    const shop = await openShop(ones(2));
    await drain(shop, [0, 1]);
    const store = meanwhile(shop.store, isMove, async () =>
      shop.store.items.delete(`stock/CLAIM#night#lamp#${buyer.buyerKey}#0/`),
    );
    expect(await buyIn(shop, store)).toEqual({ kind: 'busy' });
  });

  test('answers the order of a twin that was confirmed while this one gave up', async () => {
    const shop = await openShop(ones(1));
    await drain(shop, [0]);
    const store = meanwhile(shop.store, setsState('RELEASED'), () =>
      changeClaim(shop, 'ada', { state: 'RESERVED', payBy: OPENS_AT + 900_000 }),
    );
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order' });
  });

  test('answers the order where a twin confirmed this very hold', async () => {
    const shop = await openShop();
    const store = meanwhile(shop.store, setsState('RESERVED'), () =>
      changeClaim(shop, 'ada', { state: 'RESERVED', payBy: OPENS_AT + 900_000 }),
    );
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order' });
    expect((await shop.shard(0)).avail).toBe(9);
    expect((await shop.status()).releases).toBe(0);
  });

  test('begins anew where the claim that stood was erased meanwhile', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim({ state: 'RELEASING', reason: 'lapsed' }));
    const store = meanwhile(shop.store, setsState('RELEASED'), async () =>
      shop.store.items.delete(`stock/CLAIM#night#lamp#${buyer.buyerKey}#0/`),
    );
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order' });
    expect((await shop.shard(0)).avail).toBe(9);
  });

  test('goes on where its hold has been settled already', async () => {
    const shop = await openShop();
    await putClaim(shop, 'ada', aClaim());
    await shop.store.write({
      item: shardKey(shop.item(), 0),
      put: { cap: 10, avail: 9, sold: new Set([aHolder()]) },
    });
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order' });
    expect((await shop.shard(0)).avail).toBe(9);
  });
});

describe('purchase() in a sequence', () => {
  test('looks at four shards, and goes on where it stopped when it is asked again', async () => {
    const shop = await openShop(ones(12));
    const shards = await orderOfShards(shop);
    await drain(shop, shards.slice(0, 7));
    const looked: string[] = [];
    const store: Store = {
      ...shop.store,
      async write(write) {
        if (isHold(write)) looked.push(write.item.pk);
        return shop.store.write(write);
      },
    };
    expect(await buyIn(shop, store)).toEqual({ kind: 'busy' });
    expect(looked).toHaveLength(4);
    expect(await buyIn(shop, store)).toMatchObject({ kind: 'order', claim: { shard: shards[7] } });
    expect(new Set(looked).size).toBe(8);
  });

  test('visits no shard that is said to be empty, and claims nothing where all are', async () => {
    const shop = await openShop(ones(3));
    const [first] = await orderOfShards(shop);
    const outcome = await buyIn(shop, shop.store, new Set([0, 1, 2].filter((k) => k !== first)));
    expect(outcome).toMatchObject({ claim: { shard: first } });
    const bob = await openShop(ones(3));
    expect(await buyIn(bob, bob.store, new Set([0, 1, 2]))).toEqual({ kind: 'busy' });
    expect(await bob.claim('ada')).toBeUndefined();
  });

  test('ends with the last attempt that a holder can count', async () => {
    const shop = await openShop();
    const last = aHolder('ada', { attempt: 65_535 });
    await putClaim(shop, 'ada', aClaim({ state: 'RELEASED', holder: last }));
    expect(await shop.buy('ada')).toEqual({ kind: 'not-eligible' });
    const before = aHolder('ada', { attempt: 65_534 });
    await putClaim(shop, 'ada', aClaim({ state: 'RELEASED', holder: before }));
    expect(await shop.buy('ada')).toMatchObject({ kind: 'order', claim: { holder: last } });
  });
});

/** In which order the first attempt of ada visits the shards. */
async function orderOfShards(shop: Shop): Promise<[number, number, number, ...number[]]> {
  const { shardAt } = await import('../../domain/probe.ts');
  const { shards } = await shop.status();
  const order = Array.from({ length: shards }, (_, probe) => shardAt(aHolder(), shards, probe));
  return order as [number, number, number, ...number[]];
}
