import { describe, expect, test } from '@jest/globals';
import { draft, load } from '../../bench/loader.ts';
import { publishLarge } from '../../bench/million.ts';
import type { Shard } from '../../domain/items.ts';

const NOW = Date.UTC(2026, 10, 20, 20);

const secret = () => 'a secret of the sale';

async function loaded(units: number, orders: number) {
  const store = draft();
  const large = await publishLarge(store, units, NOW, secret);
  const published = store.take();
  await large.order(orders, NOW - 600_000);
  return { store, large, published, ordered: store.take() };
}

type Written = Awaited<ReturnType<typeof loaded>>['ordered'];

const itemsAt = (written: Written, prefix: string) =>
  written.filter(({ key }) => key.pk.startsWith(prefix)).map(({ item }) => item);

describe('publishLarge()', () => {
  test('makes the sale, its shards of 40 units and its status, and nothing else', async () => {
    const { large, published } = await loaded(1000, 0);
    expect(large.shards).toBe(25);
    expect(published).toHaveLength(27);
    expect(itemsAt(published, 'STOCK#')).toEqual(Array(25).fill({ cap: 40, avail: 40 }));
  });
});

describe('order()', () => {
  test('leaves a claim, a record and a holder for each', async () => {
    const { ordered } = await loaded(1000, 30);
    expect(itemsAt(ordered, 'CLAIM#').map(({ state }) => state)).toEqual(
      Array(30).fill('RESERVED'),
    );
    expect(itemsAt(ordered, 'ORDER#').map(({ state }) => state)).toEqual(
      Array(30).fill('RESERVED'),
    );
    const shards = itemsAt(ordered, 'STOCK#') as unknown as readonly Shard[];
    const held = shards.reduce((sum, shard) => sum + (shard.held?.size ?? 0), 0);
    const avail = shards.reduce((sum, shard) => sum + shard.avail, 0);
    expect([held, avail]).toEqual([30, 40 * shards.length - 30]);
  });

  test('brings shoppers who have not bought yet', async () => {
    const { large, store, ordered } = await loaded(1000, 3);
    await large.order(2, NOW);
    const names = [...itemsAt(ordered, 'CLAIM#'), ...itemsAt(store.take(), 'CLAIM#')].map(
      ({ shopper }) => shopper,
    );
    expect(new Set(names).size).toBe(5);
  });

  test('sells half of 20 shards of one unit, of which some shopper finds the first four empty', async () => {
    for (let number = 0; number < 100; number++) {
      const store = draft();
      const large = await publishLarge(store, 20, NOW, () => `secret ${number}`);
      await large.order(10, NOW);
      expect(itemsAt(store.take(), 'ORDER#')).toHaveLength(10);
    }
  });

  test('says so where the units do not suffice', async () => {
    const { large } = await loaded(5, 5);
    await expect(large.order(1, NOW)).rejects.toThrow('Cannot order: sold-out');
  });
});

test('pay() pays and records all that is open, and leaves the shards to the sweep', async () => {
  const { large, store } = await loaded(1000, 30);
  await large.pay(NOW);
  const paid = store.take();
  expect(itemsAt(paid, 'CLAIM#').map(({ state }) => state)).toEqual(Array(30).fill('PAID'));
  expect(itemsAt(paid, 'ORDER#').map(({ state }) => state)).toEqual(Array(30).fill('PAID'));
  expect(itemsAt(paid, 'STOCK#')).toEqual([]);
});

describe('draft()', () => {
  const key = { table: 'stock', pk: 'A' } as const;

  test('gives what was written, once, and as it is by then', async () => {
    const store = draft();
    await store.write({ item: key, put: { n: 1 } });
    await store.write({ item: key, put: { n: 2 } });
    expect(store.take()).toEqual([{ key, item: { n: 2 } }]);
    expect(store.take()).toEqual([]);
  });

  test('leaves out what was refused', async () => {
    const store = draft();
    const when = { op: 'present', attr: 'pk' } as const;
    await store.write({ item: key, when, put: { n: 1 } });
    expect(store.take()).toEqual([]);
  });
});

describe('load()', () => {
  const items = Array.from({ length: 26 }, (_, n) => ({
    key: { table: 'stock', pk: `A${n}` } as const,
    item: { n },
  }));

  /** A table that leaves out the last item of each call that has more than one. */
  const forgetful = () => {
    const calls: number[] = [];
    const stored: unknown[] = [];
    const send = async ({ input }: { input: { RequestItems: Record<string, object[]> } }) => {
      const [[table, requests] = ['', []]] = Object.entries(input.RequestItems);
      const taken = requests.length > 1 ? requests.slice(0, -1) : requests;
      calls.push(requests.length);
      stored.push(...taken);
      const left = requests.slice(taken.length);
      return left.length === 0 ? {} : { UnprocessedItems: { [table]: left } };
    };
    return { calls, stored, db: { send } as unknown as Parameters<typeof load>[0] };
  };

  test('puts 25 items in a call, and what a call left out in another', async () => {
    const { calls, stored, db } = forgetful();
    await load(db, { stock: 'Stock' }, items);
    expect(calls.sort((a, b) => b - a)).toEqual([25, 1, 1]);
    expect(new Set(stored.map((one) => JSON.stringify(one))).size).toBe(26);
  });
});
