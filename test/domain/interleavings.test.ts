/**
 * Random interleavings of everything that can happen to a few units at once, with crashes before and after any call.
 * Two sweeps later nothing is oversold, leaked, lost, or paid and refunded. (The exhaustive exploration has its own
 * place; this one also runs what it leaves out: records, late payments, restock, hints.) `STORMS=1000` runs more.
 */

import { describe, expect, test } from '@jest/globals';
import type { Claim, Shard } from '../../domain/items.ts';
import { partsOf } from '../../domain/order-id.ts';
import type { Shop } from '../support/shop.ts';
import { calm, NAMES, type Scene, type Storm, storm } from '../support/storm.ts';

const claimsOf = ({ store }: Shop): Claim[] =>
  [...store.items].flatMap(([name, item]) =>
    name.startsWith('stock/CLAIM#') ? [item as unknown as Claim] : [],
  );

async function shardsOf(shop: Shop): Promise<Shard[]> {
  const { shards } = await shop.status();
  return Promise.all(Array.from({ length: shards }, (_, k) => shop.shard(k)));
}

const unitsIn = (holders: ReadonlySet<string> = new Set()) =>
  [...holders].reduce((sum, holder) => sum + (partsOf(holder)?.quantity ?? 0), 0);

async function check(done: Storm, limit: number) {
  const { shop, acknowledged, payments, refunded } = done;
  const shards = await shardsOf(shop);
  const claims = claimsOf(shop);
  const certain = claims.filter(({ state }) => state === 'RESERVED' || state === 'PAID');

  for (const { avail, cap, held, sold } of shards) {
    expect(avail).toBeGreaterThanOrEqual(0);
    expect(avail + unitsIn(held) + unitsIn(sold)).toBe(cap);
  }
  for (const { holder, shard } of certain) {
    const { held, sold } = shards[shard] as Shard;
    expect(held?.has(holder) === true || sold?.has(holder) === true).toBe(true);
  }
  const taken = shards.reduce((sum, { held, sold }) => sum + unitsIn(held) + unitsIn(sold), 0);
  expect(taken).toBe(certain.reduce((sum, { quantity }) => sum + quantity, 0));
  for (const name of NAMES) {
    const mine = certain.filter(({ shopper }) => shopper === name);
    expect(mine.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(limit);
  }
  for (const orderId of acknowledged) {
    const record = await shop.record(orderId);
    expect(record?.state).toMatch(/PAID|RELEASED/);
    if (record?.state === 'RELEASED') expect(record.reason).toBeDefined();
  }
  for (const reference of payments.keys()) {
    const paid = claims.filter(({ payment }) => payment === reference).length;
    expect({ reference, paid, back: refunded.includes(reference) }).toEqual(
      paid === 1 ? { reference, paid: 1, back: false } : { reference, paid: 0, back: true },
    );
  }
  const free = shards.reduce((sum, { avail }) => sum + avail, 0);
  expect((await shop.status()).soldOut).toBe(free === 0);
}

const SCENES: readonly Scene[] = [
  { units: 1, limit: 1, perSecond: 250, price: 500 },
  { units: 2, limit: 1, perSecond: 500, price: 500 },
  { units: 3, limit: 2, perSecond: 750, price: 500 },
  { units: 4, limit: 3, perSecond: 500, price: 500 },
];

describe('everything at once', () => {
  test.each(SCENES)(
    'keeps its promises with $units units, limit $limit',
    async (scene) => {
      const rounds = Number(process.env['STORMS'] ?? 150);
      for (let seed = 1; seed <= rounds; seed++) {
        const done = await storm(seed, scene, seed % 3 === 0 ? 0 : 0.04);
        expect(done.failures).toEqual([]);
        await calm(done);
        try {
          await check(done, scene.limit);
        } catch (cause) {
          throw new Error(`Seed ${seed} of ${JSON.stringify(scene)} breaks a promise`, { cause });
        }
      }
    },
    60_000,
  );
});
