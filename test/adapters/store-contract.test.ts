/** One contract for both stores: the twin in memory and DynamoDB answer the same to the same steps. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { memoryStore } from '../../adapters/memory-store.ts';
import { holderOf } from '../../domain/order-id.ts';
import type { Store } from '../../domain/ports.ts';
import {
  absent,
  add,
  all,
  any,
  atLeast,
  below,
  type Change,
  type Condition,
  equals,
  exists,
  has,
  insert,
  type Key,
  lacks,
  missing,
  present,
  remove,
  set,
  type Update,
  unset,
  type Write,
} from '../../domain/write.ts';
import { startDynamo, TABLES, type TestDynamo } from '../support/dynamo.ts';

const HOLDERS = [1, 2, 3].map((attempt) =>
  holderOf({ buyerKey: 'AQIDBAUGBwgJ_w', n: 0, attempt, quantity: 1, since: 1 }),
);

const holder = fc.constantFrom(...HOLDERS);
const number = fc.integer({ min: -2, max: 3 });
const state = fc.constantFrom('PENDING', 'RESERVED', 'PAID');

/** Conditions and changes over an item that looks like ours: numbers, texts, sets of holders and of numbers. */
const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant(absent),
  fc.constant(exists),
  number.map((value) => atLeast('avail', value)),
  number.map((value) => below('avail', value)),
  state.map((value) => equals('state', value)),
  number.map((value) => equals('avail', value)),
  fc.boolean().map((value) => equals('soldOut', value)),
  holder.map((one) => has('held', one)),
  holder.map((one) => lacks('held', one)),
  number.map((one) => has('empty', one)),
  number.map((one) => lacks('empty', one)),
  fc.constantFrom('held', 'state', 'empty').map(missing),
  fc.constantFrom('held', 'state', 'empty').map(present),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  simple,
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  state.map((value) => set('state', value)),
  fc.boolean().map((value) => set('soldOut', value)),
  number.map((by) => add('avail', by)),
  holder.map((one) => insert('held', one)),
  fc.uniqueArray(holder, { minLength: 1 }).map((ones) => remove('held', ...ones)),
  number.map((one) => insert('empty', one)),
  number.map((one) => remove('empty', one)),
  fc.uniqueArray(number, { minLength: 1 }).map((ones) => set('empty', new Set(ones))),
  fc.constant(unset('state')),
);
/** DynamoDB refuses two changes of one attribute in one update, and so does nobody here. */
const changes = fc.uniqueArray(change, {
  minLength: 1,
  maxLength: 4,
  selector: ({ attr }) => attr,
});

const update = fc
  .record({ when: fc.option(condition, { nil: undefined }), change: changes, news: fc.boolean() })
  .map(
    ({ when, change: ones, news }): Omit<Update, 'item'> => ({
      change: ones,
      ...(when && { when }),
      ...(news && { returns: 'new' as const }),
    }),
  );
const put = fc
  .record({ when: fc.option(condition, { nil: undefined }), avail: number, one: holder, state })
  .map(({ when, avail, one, state: value }) => ({
    ...(when && { when }),
    put: { avail, state: value, held: new Set([one]), soldOut: false },
  }));

let dynamo: TestDynamo;
let runs = 0;

beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.stop());

const both = (): readonly [Store, Store] => [memoryStore(), dynamoStore(dynamo.db, TABLES)];

describe('Store', () => {
  test('answers the same in memory and in DynamoDB, whatever is written', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(update, put), { minLength: 5, maxLength: 40 }),
        async (writes) => {
          const item: Key = { table: 'stock', pk: `STOCK#contract#${runs++}` };
          const [memory, db] = both();
          for (const one of writes) {
            const write = { item, ...one } as Write;
            const [expected, actual] = [await memory.write(write), await db.write(write)];
            expect(actual).toEqual(expected);
            steps++;
          }
          expect(await db.read([item])).toEqual(await memory.read([item]));
        },
      ),
      { numRuns: 200 },
    );
    expect(steps).toBeGreaterThan(2000);
  }, 60_000);

  test('reads what is there in the order of the keys, and each key that is asked for twice', async () => {
    for (const store of both()) {
      const keys = Array.from(
        { length: 230 },
        (_, index): Key => ({ table: 'orders', pk: `R${index % 115}`, sk: 'x' }),
      );
      for (const key of keys.slice(0, 100)) await store.write({ item: key, put: { of: key.pk } });
      const found = await store.read(keys);
      expect(found.map((one) => one?.['of'])).toEqual(
        keys.map(({ pk }, index) => (index % 115 < 100 ? pk : undefined)),
      );
    }
  });

  test('takes the last unit once, however many want it at the same instant', async () => {
    for (const store of both()) {
      const item: Key = { table: 'stock', pk: `STOCK#race#${runs++}` };
      await store.write({ item, put: { avail: 3 } });
      const racers = Array.from({ length: 40 }, (_, attempt) =>
        holderOf({ buyerKey: 'AQIDBAUGBwgJ_w', n: 0, attempt, quantity: 1, since: 1 }),
      );
      const answers = await Promise.all(
        racers.map((one) =>
          store.write({
            item,
            when: all(atLeast('avail', 1), lacks('held', one)),
            change: [add('avail', -1), insert('held', one)],
          }),
        ),
      );
      expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(3);
    }
  });

  test('throws what is no refusal', async () => {
    const store = dynamoStore(dynamo.db, { ...TABLES, stock: 'NoSuchTable' });
    const key: Key = { table: 'stock', pk: 'x' };
    await expect(store.write({ item: key, put: { a: 1 } })).rejects.toThrow(/not found|resource/i);
    const unconfigured = dynamoStore(dynamo.db, {});
    await expect(unconfigured.write({ item: key, put: { a: 1 } })).rejects.toThrow(
      'Cannot reach table "stock": it is not configured',
    );
  });
});
