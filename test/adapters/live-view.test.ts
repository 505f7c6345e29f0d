/** The live view over a real DynamoDB, with the reads counted and the clock set. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allSales } from '../../adapters/catalogue.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { liveViews } from '../../adapters/live-view.ts';
import { dynamoRecords } from '../../adapters/order-records.ts';
import { stockItem } from '../../domain/grant.ts';
import { hintEmpty } from '../../domain/hint.ts';
import { hintKey, saleKey, statusKey } from '../../domain/items.ts';
import { holderOf } from '../../domain/order-id.ts';
import { recordKey } from '../../domain/order-record.ts';
import type { Store } from '../../domain/ports.ts';
import { insert, set } from '../../domain/write.ts';
import { startDynamo, TABLES, type TestDynamo } from '../support/dynamo.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

let dynamo: TestDynamo;
let store: Store;
beforeAll(async () => {
  dynamo = await startDynamo();
  store = dynamoStore(dynamo.db, TABLES);
});
afterAll(() => dynamo.stop());

/** Publishes a sale with some shards. */
async function aSale(id: string, units = 10, opensAt = OPENS_AT) {
  const sale = aPublishedSale({ id, opensAt });
  await store.write({ item: saleKey(id), put: { sale: JSON.stringify(sale) } });
  await stockItem(store, { saleId: id, sku: 'lamp' }, units, 0);
  return { sale, item: { saleId: id, sku: 'lamp' } };
}

/** Views whose reads are counted; reading can fail. */
function watched() {
  const state = { now: 5000, reads: 0, fails: false };
  const db = {
    send(command: never) {
      state.reads++;
      return state.fails ? Promise.reject(new Error('no answer')) : dynamo.db.send(command);
    },
  };
  const look = liveViews(db as unknown as DynamoDBClient, TABLES, () => state.now);
  return { state, look };
}

describe('liveViews()', () => {
  test('shows the sale and its live status', async () => {
    const { sale } = await aSale('show');
    const { look } = watched();
    expect(await look('show', 'lamp')).toEqual({
      sale,
      status: { phase: 'OPEN', soldOut: false, shards: 1, releases: 0, grants: 0, cap: 10 },
      empty: new Set(),
      sweptAt: undefined,
    });
  });

  test('says since when no sweep has come: since the opening, or since the oldest of its blocks', async () => {
    const { item } = await aSale('swept', 40 * 201);
    const { state, look } = watched();
    const again = async () => {
      state.now += 1000;
      return (await look('swept', 'lamp'))?.sweptAt;
    };
    expect((await look('swept', 'lamp'))?.sweptAt).toBeUndefined();
    expect(await again()).toBe(OPENS_AT);
    await store.write({ item: hintKey(item, 0), put: { sweptAt: OPENS_AT + 9 } });
    expect(await again()).toBe(OPENS_AT + 9);
    await store.write({ item: hintKey(item, 1), put: { sweptAt: OPENS_AT + 5 } });
    expect(await again()).toBe(OPENS_AT + 5);
    await store.write({ item: hintKey(item, 1), put: { sweptAt: OPENS_AT - 5 } });
    expect(await again()).toBe(OPENS_AT);
  });

  test('shows a pause and the slots of a resume within a second', async () => {
    const { item } = await aSale('halted');
    const { state, look } = watched();
    await look('halted', 'lamp');
    const change = [set('slotsFrom', OPENS_AT + 7), insert('slotEpochs', OPENS_AT + 7)];
    await store.write({ item: saleKey('halted'), change });
    await store.write({ item: statusKey(item), change: [set('phase', 'PAUSED')] });
    state.now += 1000;
    expect(await look('halted', 'lamp')).toMatchObject({
      sale: { slotsFrom: OPENS_AT + 7, slotEpochs: [OPENS_AT + 7] },
      status: { phase: 'PAUSED' },
    });
  });

  test('reads at most once a second for each item, however many ask', async () => {
    await aSale('often');
    const { state, look } = watched();
    await Promise.all([look('often', 'lamp'), look('often', 'lamp')]);
    state.now += 999;
    await look('often', 'lamp');
    expect(state.reads).toBe(1);
    state.now += 1;
    await look('often', 'lamp');
    expect(state.reads).toBe(2);
    await look('often', 'sofa');
    expect(state.reads).toBe(3);
  });

  test('sees what changed a second later', async () => {
    const { item } = await aSale('change');
    const { state, look } = watched();
    await look('change', 'lamp');
    const change = [{ op: 'set', attr: 'phase', value: 'PAUSED' }] as const;
    await store.write({ item: statusKey(item), change });
    expect((await look('change', 'lamp'))?.status?.phase).toBe('OPEN');
    state.now += 1000;
    expect((await look('change', 'lamp'))?.status?.phase).toBe('PAUSED');
  });

  test('shows which shards are empty once it knows how many there are', async () => {
    const { item } = await aSale('hints', 40 * 201);
    await store.write(hintEmpty(item, 3));
    await store.write(hintEmpty(item, 200));
    const { state, look } = watched();
    expect((await look('hints', 'lamp'))?.empty).toEqual(new Set());
    state.now += 1000;
    expect((await look('hints', 'lamp'))?.empty).toEqual(new Set([3, 200]));
  });

  test('shows nothing of a sale that is not there, and no status of an item that is not', async () => {
    await aSale('known');
    const { look } = watched();
    expect(await look('unknown', 'lamp')).toBeUndefined();
    expect((await look('known', 'sofa'))?.status).toBeUndefined();
  });

  test('reads again at once where it could not', async () => {
    await aSale('fail');
    const { state, look } = watched();
    state.fails = true;
    await expect(look('fail', 'lamp')).rejects.toThrow('no answer');
    state.fails = false;
    expect(await look('fail', 'lamp')).toBeDefined();
  });

  test('forgets, rather than grow with every id that callers think of', async () => {
    await aSale('kept');
    const { state, look } = watched();
    await look('kept', 'lamp');
    for (let id = 0; id < 1001; id++) await look(`no-${id}`, 'lamp');
    const before = state.reads;
    await look('kept', 'lamp');
    expect(state.reads).toBe(before + 1);
  }, 20_000);
});

describe('dynamoRecords()', () => {
  test('finds the reserved records of an item in every partition, and no others', async () => {
    const item = { saleId: 'records', sku: 'lamp' };
    const holders = Array.from({ length: 40 }, (_, index) =>
      holderOf({
        buyerKey: Buffer.from(`${index * 7}`.padEnd(10, 'x')).toString('base64url'),
        ...{ n: 0, attempt: 1, quantity: 1, since: 1 },
      }),
    );
    for (const [index, holder] of holders.entries()) {
      const state = index % 4 === 0 ? 'RESERVED' : 'PAID';
      await store.write({ item: recordKey(item, holder), put: { orderId: holder, state } });
    }
    const other = { saleId: 'records', sku: 'sofa' };
    const put = { orderId: 'other', state: 'RESERVED' };
    await store.write({ item: recordKey(other, holders[0] ?? ''), put });
    const found: string[] = [];
    for await (const record of dynamoRecords(dynamo.db, TABLES.orders).reserved(item)) {
      found.push(record.orderId);
    }
    expect(found.toSorted()).toEqual(holders.filter((_, index) => index % 4 === 0).toSorted());
  });

  test('reads on where an answer does not hold all', async () => {
    const starts: unknown[] = [];
    const db = {
      send: async ({ input }: { input: { ExclusiveStartKey?: unknown } }) => {
        starts.push(input.ExclusiveStartKey);
        const isFirst = starts.length === 1;
        return isFirst ? { LastEvaluatedKey: { pk: { S: 'x' } } } : { Items: [] };
      },
    };
    const records = dynamoRecords(db as never, 'Orders').reserved({ saleId: 'a', sku: 'b' });
    for await (const _ of records);
    expect(starts).toHaveLength(33);
    expect(starts[1]).toEqual({ pk: { S: 'x' } });
  });
});

describe('allSales()', () => {
  test('reads every sale and nothing else, the one that opens first first', async () => {
    const { sale: late } = await aSale('late', 1, OPENS_AT + 2);
    const { sale: early } = await aSale('early', 1, OPENS_AT - 2);
    await store.write({ item: { table: 'catalogue', pk: 'OTHER#x' }, put: { sale: '{}' } });
    const sales = await allSales(dynamo.db, TABLES.catalogue);
    expect(sales[0]).toEqual(early);
    expect(sales.at(-1)).toEqual(late);
  });
});
