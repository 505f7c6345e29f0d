/** One contract for both stores: the twin in memory and DynamoDB answer the same to the same steps. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { memoryStore } from '../../adapters/memory-store.ts';
import { holderOf } from '../../domain/order-id.ts';
import type { Store } from '../../domain/ports.ts';
import { add, all, atLeast, insert, type Key, lacks } from '../../domain/write.ts';
import { startDynamo, TABLES, type TestDynamo } from '../support/dynamo.ts';

let dynamo: TestDynamo;
let runs = 0;

beforeAll(async () => {
  dynamo = await startDynamo();
});
afterAll(() => dynamo.stop());

const both = (): readonly [Store, Store] => [memoryStore(), dynamoStore(dynamo.db, TABLES)];

describe('Store', () => {
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
