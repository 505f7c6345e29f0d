import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../adapters/memory-store.ts';
import { saleKey } from '../../domain/items.ts';
import { type PublishWorld, plainSale, publish, saleIn } from '../../domain/publish.ts';
import type { PublishedSale, Sale } from '../../domain/sale.ts';
import { insert, set } from '../../domain/write.ts';
import { anItem, aPublishedSale, OPENS_AT } from '../support/sales.ts';

const aSale = (changes: Partial<Sale> = {}): Sale => plainSale(aPublishedSale(changes));

/** A place to publish to, where each step can fail. */
function aWorld(now = OPENS_AT - 3_600_000) {
  const store = memoryStore();
  const done: string[] = [];
  const seen: { edge?: PublishedSale; site?: PublishedSale; slots?: PublishedSale } = {};
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
      async putSale(sale) {
        step('edge');
        seen.edge = sale;
      },
      changeSale: async () => step('changed'),
      isDrawn: async () => false,
    },
    site: {
      async putSale(sale) {
        step('site');
        seen.site = sale;
      },
      async putSlots(sale) {
        step('slots');
        seen.slots = sale;
      },
    },
    schedules: { create: async () => step('schedules') },
    clock: () => now,
    secret: () => `secret-${++secrets}`,
    hasWaf: false,
  };
  return { world, store, done, seen, fails };
}

const STEPS = [
  'SALE#night',
  'STOCK#night#lamp#0',
  'STATUS#night#lamp',
  'schedules',
  'edge',
  'slots',
  'site',
] as const;

describe('saleIn()', () => {
  test('reads a sale that was published before there were challenges: it has none', () => {
    const { difficulty, ticketSeconds, ...admission } = aPublishedSale().admission;
    const sale = JSON.stringify({ ...aPublishedSale(), admission });
    expect(saleIn({ sale }).admission).toEqual({ ...admission, difficulty: 0, ticketSeconds: 10 });
  });
});

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
    expect([seen.edge, seen.slots, seen.site]).toEqual([sale, sale, sale]);
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
    expect(seen.site).toEqual(seen.edge);
    const [shard] = await store.read([{ table: 'stock', pk: 'STOCK#night#lamp#0' }]);
    expect(shard).toEqual({ cap: 10, avail: 10 });
  });

  test('keeps its secrets when it is published again', async () => {
    const { world } = aWorld();
    const first = await publish(world, aSale());
    expect(await publish(world, aSale())).toEqual(first);
  });

  test('leaves what has become of a sale as it is: a pause, a new slot epoch, a drawn value', async () => {
    const { world, store, seen } = aWorld();
    await publish(world, aSale());
    const change = [
      ...[set('paused', true), set('slotsFrom', OPENS_AT + 7), set('publicValue', 'heads')],
      insert('slotEpochs', OPENS_AT + 7, OPENS_AT + 3),
    ];
    await store.write({ item: saleKey('night'), change });
    expect(await publish(world, aSale())).toMatchObject({ kind: 'published' });
    const since = { paused: true, slotsFrom: OPENS_AT + 7, publicValue: 'heads' };
    const slotEpochs = [OPENS_AT + 3, OPENS_AT + 7];
    expect(seen.edge).toMatchObject({ ...since, slotEpochs });
    expect([seen.slots, seen.site]).toEqual([seen.edge, seen.edge]);
  });

  test('wants a CAPTCHA only where something can ask for it', async () => {
    const sale = aSale({ access: { captcha: true } });
    const { world, done } = aWorld();
    expect(await publish(world, sale)).toEqual({ kind: 'no-captcha' });
    expect(done).toEqual([]);
    expect(await publish({ ...world, hasWaf: true }, sale)).toMatchObject({ kind: 'published' });
    const without = aSale({ id: 'day', access: { captcha: false } });
    expect(await publish(world, without)).toMatchObject({ kind: 'published' });
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

  test('goes by the closing as it was moved since, and refuses what was closed for good', async () => {
    const { closesAt } = aSale();
    const { world, store, seen } = aWorld(closesAt);
    await publish({ ...world, clock: () => closesAt - 1 }, aSale());
    const moved = (...change: ReturnType<typeof set>[]) =>
      store.write({ item: saleKey('night'), change });
    await moved(set('closesAt', closesAt + 1));
    expect(await publish(world, aSale())).toMatchObject({ kind: 'published' });
    expect(seen.edge).toMatchObject({ closesAt: closesAt + 1, plannedClosesAt: closesAt });
    expect(await publish({ ...world, clock: () => closesAt + 1 }, aSale())).toEqual({
      kind: 'closed-already',
    });
    await moved(set('closesAt', closesAt - 60_000), set('closed', true));
    const early = { ...world, clock: () => closesAt - 61_000 };
    expect(await publish(early, aSale())).toEqual({ kind: 'closed-already' });
  });

  test('publishes one millisecond before the closing, and not at it', async () => {
    const { closesAt } = aSale();
    const late = aWorld(closesAt);
    expect(await publish(late.world, aSale())).toEqual({ kind: 'closed-already' });
    expect(late.done).toEqual([]);
    expect(await publish(aWorld(closesAt - 1).world, aSale())).toMatchObject({ kind: 'published' });
  });
});
