import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../adapters/memory-store.ts';
import { type PublishWorld, publish } from '../../domain/publish.ts';
import type { PublishedSale, Sale } from '../../domain/sale.ts';
import { anItem, aPublishedSale, OPENS_AT } from '../support/sales.ts';

const aSale = (changes: Partial<Sale> = {}): Sale => {
  const { doorKey, salt, slotSeed, publishedAt, ...sale } = aPublishedSale(changes);
  return sale;
};

/** A place to publish to, where each step can fail. */
function aWorld(now = OPENS_AT - 3_600_000) {
  const store = memoryStore();
  const done: string[] = [];
  const seen: { edge?: [PublishedSale, number]; site?: PublishedSale } = {};
  const fails = { at: '' };
  const step = (name: string) => {
    if (fails.at === name) throw new Error(`${name} is down`);
    done.push(name);
  };
  let secrets = 0;
  const world: PublishWorld = {
    store: {
      read: store.read,
      async write(write) {
        step(write.item.pk);
        return store.write(write);
      },
    },
    edge: {
      async putSale(...sale) {
        step('edge');
        seen.edge = sale;
      },
    },
    site: {
      async putSale(sale) {
        step('site');
        seen.site = sale;
      },
    },
    schedules: { create: async () => step('schedules') },
    clock: () => now,
    secret: () => `secret-${++secrets}`,
  };
  return { world, store, done, seen, fails };
}

const STEPS = [
  'SALE#night',
  'STOCK#night#lamp#0',
  'STATUS#night#lamp',
  'schedules',
  'edge',
  'site',
] as const;

describe('publish()', () => {
  test('makes what people can see last, once it is whole', async () => {
    const { world, done } = aWorld();
    expect(await publish(world, aSale())).toMatchObject({ kind: 'published' });
    expect(done).toEqual(STEPS);
  });

  test('draws a door key, a salt and a seed, all different', async () => {
    const { world, seen } = aWorld();
    const outcome = await publish(world, aSale());
    const sale = {
      ...aSale(),
      ...{ doorKey: 'secret-1', salt: 'secret-2', slotSeed: 'secret-3' },
      publishedAt: OPENS_AT - 3_600_000,
    };
    expect(outcome).toEqual({ kind: 'published', sale });
    expect(seen.site).toEqual(sale);
  });

  test('tells the edge how wide the slots are spread', async () => {
    const { world, seen } = aWorld();
    const admission = { expectedShoppers: 1001, perSecond: 300 };
    await publish(world, aSale({ admission }));
    expect(seen.edge).toMatchObject([{ id: 'night' }, 3337]);
  });

  test.each(STEPS)('is the same sale when it is repeated after it stopped at %s', async (at) => {
    const { world, store, fails, seen } = aWorld();
    fails.at = at;
    await expect(publish(world, aSale())).rejects.toThrow(`${at} is down`);
    fails.at = '';
    const outcome = await publish(world, aSale());
    expect(outcome).toMatchObject({ kind: 'published' });
    const [entry] = await store.read([{ table: 'catalogue', pk: 'SALE#night' }]);
    expect(outcome).toMatchObject({ sale: JSON.parse(String(entry?.['sale'])) });
    expect(seen.site).toEqual(seen.edge?.[0]);
    const [shard] = await store.read([{ table: 'stock', pk: 'STOCK#night#lamp#0' }]);
    expect(shard).toEqual({ cap: 10, avail: 10 });
  });

  test('keeps its secrets when it is published again', async () => {
    const { world } = aWorld();
    const first = await publish(world, aSale());
    expect(await publish(world, aSale())).toEqual(first);
  });

  test('takes the same sale for the same, in whatever order its properties stand', async () => {
    const { world } = aWorld();
    await publish(world, aSale());
    const turned = Object.fromEntries(Object.entries(aSale()).toReversed()) as Sale;
    expect(await publish(world, turned)).toMatchObject({ kind: 'published' });
  });

  test.each<[string, Partial<Sale>]>([
    ['price', { items: [anItem({ price: 1 })] }],
    ['unit', { items: [anItem({ units: 11 })] }],
    ['instant', { opensAt: OPENS_AT + 1 }],
  ])('refuses another sale of the same id: another %s', async (_, changes) => {
    const { world, done } = aWorld();
    await publish(world, aSale());
    const outcome = await publish(world, aSale(changes));
    expect(outcome).toMatchObject({ kind: 'differs', published: aSale() });
    expect(done).toEqual([...STEPS, 'SALE#night']);
  });

  test('publishes one millisecond before the closing, and not at it', async () => {
    const { closesAt } = aSale();
    const late = aWorld(closesAt);
    expect(await publish(late.world, aSale())).toEqual({ kind: 'closed-already' });
    expect(late.done).toEqual([]);
    expect(await publish(aWorld(closesAt - 1).world, aSale())).toMatchObject({ kind: 'published' });
  });
});
