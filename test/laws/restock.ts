/** @module Laws of how units come into being: publishing, restocks, and what is cut into shards. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { memoryStore } from '../../adapters/memory-store.ts';
import { restock, shardsFor, stockItem } from '../../domain/grant.ts';
import { type Shard, type Status, shardKey, statusKey } from '../../domain/items.ts';
import type { SaleMessage } from '../../domain/messages.ts';
import type { Store } from '../../domain/ports.ts';
import { stopsAfter } from '../domain/claim-builders.ts';
import { OPENS_AT } from '../support/sales.ts';
import { type Law, law } from './law.ts';

const ITEM = { saleId: 'night', sku: 'lamp' };

/** What a shard holds at most, and above a million units at most. */
const MOST = 40;
const MOST_OF_MANY = 80;

const MANY = 784_000;

const anyUnits = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 1, max: 10_000_000 }),
  fc.integer({ min: MANY - 81, max: MANY + 81 }),
);
const rates = fc.oneof(fc.nat({ max: 1000 }), fc.nat({ max: 100_000 }));

/** Few enough to write every shard of. */
const someUnits = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 3000 }));

async function shardsOf(store: Store): Promise<{ status: Status; shards: readonly Shard[] }> {
  const [status] = (await store.read([statusKey(ITEM)])) as unknown as Status[];
  ok(status);
  const keys = Array.from({ length: status.shards + 1 }, (_, k) => shardKey(ITEM, k));
  const found = (await store.read(keys)) as unknown as (Shard | undefined)[];
  equal(found.at(-1), undefined);
  const shards = found.slice(0, -1).filter((one) => one !== undefined);
  equal(shards.length, status.shards);
  return { status, shards };
}

async function hasUnits(store: Store, units: number, limit = MOST) {
  const { status, shards } = await shardsOf(store);
  for (const { cap, avail } of shards) {
    ok(Number.isInteger(cap) && cap >= 1 && cap <= limit, `a shard has ${cap}`);
    equal(avail, cap);
  }
  equal(
    shards.reduce((total, { cap }) => total + cap, 0),
    units,
  );
  equal(status.cap, units);
}

export const restockLaws: readonly Law[] = [
  law(
    'shards: no more than the units, none above its limit, enough for the rate',
    [anyUnits, rates],
    (units, rate) => {
      const shards = shardsFor(units, rate);
      ok(Number.isInteger(shards) && shards >= 1 && shards <= units);
      ok(Math.ceil(units / shards) <= (units > MANY ? MOST_OF_MANY : MOST));
      ok(shards === units || shards * 250 >= rate);
      // And no more than that: an empty shard costs a visit.
      ok(shards === 1 || (shards - 1) * 250 < rate || (shards - 1) * MOST < units);
    },
    5,
  ),

  law(
    'shards: those of a new item have its units, also when it is made twice',
    [someUnits, fc.nat({ max: 5000 })],
    async (units, rate) => {
      const store = memoryStore();
      await stockItem(store, ITEM, units, rate);
      await stockItem(store, ITEM, units, rate);
      await hasUnits(store, units);
      equal((await shardsOf(store)).shards.length, shardsFor(units, rate));
    },
    0.25,
  ),

  law(
    'restock: adds its units once, wherever a crash has stopped it and however often it is repeated',
    [
      someUnits,
      fc.array(
        fc.record({ units: someUnits, stops: fc.array(fc.nat({ max: 90 }), { maxLength: 3 }) }),
        { maxLength: 4 },
      ),
    ],
    async (first, restocks) => {
      const store = memoryStore();
      const sent: SaleMessage[] = [];
      const queue = { send: async (message: unknown) => void sent.push(message as SaleMessage) };
      await stockItem(store, ITEM, first, 0);
      let total = first;
      for (const [index, { units, stops }] of restocks.entries()) {
        for (const writes of stops) {
          const crashing = { store: stopsAfter(store, writes), queue };
          await restock(crashing, ITEM, index + 1, units, OPENS_AT).catch((error: Error) =>
            equal(error.message, 'the function stopped'),
          );
        }
        const outcome = await restock({ store, queue }, ITEM, index + 1, units, OPENS_AT);
        equal(outcome.kind, 'granted');
        total += units;
        await hasUnits(store, total);
      }
      equal(new Set(sent.map(({ occurrence }) => occurrence)).size, restocks.length);
    },
    0.1,
  ),

  law(
    'restock: a number that was used for other units is refused, and one out of turn',
    [someUnits, someUnits, someUnits, fc.integer({ min: -3, max: 9 })],
    async (first, units, others, number) => {
      const store = memoryStore();
      const world = { store, queue: { send: async () => {} } };
      await stockItem(store, ITEM, first, 0);
      await restock(world, ITEM, 1, units, OPENS_AT);
      if (number < 1 || number > 2) {
        equal((await restock(world, ITEM, number, others, OPENS_AT)).kind, 'out-of-turn');
      }
      const again = await restock(world, ITEM, 1, others, OPENS_AT);
      equal(again.kind, others === units ? 'granted' : 'taken');
      await hasUnits(store, first + units);
    },
    0.25,
  ),
];
