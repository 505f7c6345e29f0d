import { describe, expect, test } from '@jest/globals';
import { close, type DoorWorld, open } from '../../domain/open-close.ts';
import { anItem, OPENS_AT } from '../support/sales.ts';
import { openShop } from '../support/shop.ts';

/** Doors whose clock moves only while somebody waits. */
async function doors(now: number, early = 0) {
  const shop = await openShop({ items: [anItem(), anItem({ sku: 'sofa' })] });
  const published: { id: string; at: number }[] = [];
  const waits: number[] = [];
  let time = now;
  const world: DoorWorld = {
    store: shop.store,
    queue: shop.world.queue,
    clock: () => time,
    async wait(ms) {
      waits.push(ms);
      time += Math.max(1, ms - early);
    },
    publish: async ({ id }) => void published.push({ id, at: time }),
  };
  return { shop, world, published, waits };
}

describe('open()', () => {
  test('waits for the very second, and publishes in it', async () => {
    const { shop, world, published } = await doors(OPENS_AT - 120_001);
    expect(await open(world, 'night')).toBe(true);
    expect(published).toEqual([{ id: 'night', at: OPENS_AT }]);
    expect(shop.messages).toEqual([
      {
        ...{ v: 1, kind: 'sale', what: 'opened', saleId: 'night' },
        ...{ occurrence: String(OPENS_AT), at: OPENS_AT },
      },
    ]);
  });

  test('is not early although a timer is', async () => {
    const { world, published, waits } = await doors(OPENS_AT - 120_000, 5);
    await open(world, 'night');
    expect(published).toEqual([{ id: 'night', at: OPENS_AT }]);
    expect(waits.length).toBeGreaterThan(1);
  });

  test('waits for nothing once the second has come', async () => {
    const { world, published, waits } = await doors(OPENS_AT);
    expect(await open(world, 'night')).toBe(true);
    expect([published.length, waits]).toEqual([1, []]);
  });

  test('opens a millisecond before the closing, and never at it', async () => {
    const closesAt = OPENS_AT + 3_600_000;
    expect(await open((await doors(closesAt - 1)).world, 'night')).toBe(true);
    const { shop, world, published } = await doors(closesAt);
    expect(await open(world, 'night')).toBe(false);
    expect([published, shop.messages]).toEqual([[], []]);
  });

  test('says that there is no such sale', async () => {
    const { world, published } = await doors(OPENS_AT);
    expect(await open(world, 'other')).toBe(false);
    expect(await open(world, 'no name')).toBe(false);
    expect(published).toEqual([]);
  });
});

describe('close()', () => {
  const CLOSES_AT = OPENS_AT + 3_600_000;

  test('closes every item, publishes it and tells of it', async () => {
    const { shop, world, published } = await doors(CLOSES_AT);
    expect(await close(world, 'night')).toBe(true);
    for (const sku of ['lamp', 'sofa']) expect((await shop.status(sku)).phase).toBe('CLOSED');
    expect(published).toHaveLength(1);
    expect(shop.messages).toMatchObject([{ what: 'closed', occurrence: String(CLOSES_AT) }]);
    // Also for a shopper whose clock, or cached sale, says otherwise.
    expect(await shop.buy('ada')).toEqual({ kind: 'closed' });
  });

  test('tells the same when it is repeated', async () => {
    const { shop, world } = await doors(CLOSES_AT);
    await close(world, 'night');
    expect(await close(world, 'night')).toBe(true);
    const [first, second] = shop.messages;
    expect(second).toEqual(first);
  });

  test('waits for the very second where clocks differ a little', async () => {
    const { shop, world } = await doors(CLOSES_AT - 5000);
    expect(await close(world, 'night')).toBe(true);
    expect(shop.messages).toMatchObject([{ what: 'closed', at: CLOSES_AT }]);
  });

  test('does nothing where the closing was moved since', async () => {
    const { shop, world, published } = await doors(CLOSES_AT - 5001);
    expect(await close(world, 'night')).toBe(false);
    expect((await shop.status()).phase).toBe('OPEN');
    expect([published, shop.messages]).toEqual([[], []]);
  });

  test('makes no status where there is none', async () => {
    const { shop, world } = await doors(CLOSES_AT);
    shop.store.items.delete('stock/STATUS#night#lamp/');
    expect(await close(world, 'night')).toBe(true);
    expect(await shop.status()).toBeUndefined();
    expect(await close(world, 'other')).toBe(false);
  });
});
