import { describe, expect, test } from '@jest/globals';
import { shardKey, statusKey } from '../../domain/items.ts';
import type { SweepMessage } from '../../domain/messages.ts';
import type { Store } from '../../domain/ports.ts';
import { isRange, sweepRange } from '../../domain/sweep-range.ts';
import { sweepSale } from '../../domain/sweep-sale.ts';
import { set } from '../../domain/write.ts';
import { anItem } from '../support/sales.ts';
import { openShop, type Shop } from '../support/shop.ts';

const RANGE: SweepMessage = { v: 1, kind: 'sweep', saleId: 'night', sku: 'lamp', block: 0 };

const read = (message: unknown) => isRange(message as SweepMessage);

describe('isRange()', () => {
  test('takes a range of an item', () => {
    expect(read(RANGE)).toBe(true);
    expect(read({ ...RANGE, saleId: 'a'.repeat(40), block: 124 })).toBe(true);
  });

  test.each([
    ...[7, 'night', [], {}, { ...RANGE, v: 2 }, { ...RANGE, kind: 'order' }],
    ...[undefined, '', 7, ['night'], {}, 'a'.repeat(41), 'a#b'].flatMap((name) => [
      { ...RANGE, saleId: name },
      { ...RANGE, sku: name },
    ]),
    ...[undefined, '0', -1, 0.5, Number.NaN, [0]].map((block) => ({ ...RANGE, block })),
  ])('takes no %j', (message) => {
    expect(read(message)).toBe(false);
  });
});

describe('sweepRange()', () => {
  /** 300 shards of 3 units: the second range has 100 of them. */
  const openLarge = (limit: number) =>
    openShop({
      items: [anItem({ units: 900, limit })],
      admission: { expectedShoppers: 0, perSecond: 250 * 300, difficulty: 0, ticketSeconds: 10 },
    });

  const FIRST = Array.from({ length: 200 }, (_, shard) => shard);
  const SECOND = Array.from({ length: 100 }, (_, shard) => 200 + shard);

  /** Shards with so many units left, whoever has the others. */
  async function leave(shop: Shop, shards: readonly number[], units: number) {
    for (const shard of shards) {
      const change = [set('cap', units), set('avail', units)];
      await shop.store.write({ item: shardKey(shop.item(), shard), change });
    }
  }

  const say = (shop: Shop, soldOut: boolean) =>
    shop.store.write({ item: statusKey(shop.item()), change: [set('soldOut', soldOut)] });

  /** Sweeps the second range. @returns how many summaries of ranges were read for it */
  async function sweepSecond(shop: Shop): Promise<number> {
    let hints = 0;
    const read: Store['read'] = (keys) => {
      hints += keys.filter(({ pk }) => pk.startsWith('HINT#')).length;
      return shop.store.read(keys);
    };
    const store = { ...shop.store, read };
    await sweepRange({ ...shop.world, store }, { ...RANGE, block: 1 }, shop.clock.now);
    return hints;
  }

  const sweepFirst = (shop: Shop) =>
    sweepSale({ ...shop.world, sweeps: { send: async () => {} } }, shop.sale, shop.clock.now);

  test.each([
    [3, 0],
    [4, 2],
  ])(
    'with 3 units left in a shard and %i for each shopper reads %i summaries',
    async (limit, read) => {
      expect(await sweepSecond(await openLarge(limit))).toBe(read);
    },
  );

  test('says sold out where the second range is the last to find nothing', async () => {
    const shop = await openLarge(1);
    await shop.sweep();
    await leave(shop, [...FIRST, ...SECOND], 0);
    await sweepFirst(shop);
    expect((await shop.status()).soldOut).toBe(false);
    expect(await sweepSecond(shop)).toBe(2);
    expect((await shop.status()).soldOut).toBe(true);
  });

  test('says sold out where the first range is the last to find nothing', async () => {
    const shop = await openLarge(1);
    await shop.sweep();
    await leave(shop, [...FIRST, ...SECOND], 0);
    await sweepSecond(shop);
    expect((await shop.status()).soldOut).toBe(false);
    await sweepFirst(shop);
    expect((await shop.status()).soldOut).toBe(true);
  });

  test('has nothing to say where the end is known and nothing is left', async () => {
    const shop = await openLarge(1);
    await leave(shop, SECOND, 0);
    await say(shop, true);
    expect(await sweepSecond(shop)).toBe(0);
    expect((await shop.status()).soldOut).toBe(true);
  });

  test('takes back a wrong "sold out" that a crash left', async () => {
    const shop = await openLarge(1);
    await leave(shop, FIRST, 0);
    await leave(shop, SECOND, 0);
    await shop.sweep();
    await leave(shop, SECOND.slice(-1), 1);
    await say(shop, true);
    expect(await sweepSecond(shop)).toBe(2);
    expect((await shop.status()).soldOut).toBe(false);
  });

  test('concludes nothing of an item that is not there', async () => {
    const shop = await openLarge(1);
    const message = { ...RANGE, sku: 'sofa' };
    expect(await sweepRange(shop.world, message, shop.clock.now)).toBeUndefined();
  });
});
