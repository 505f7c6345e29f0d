import { type DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBooks } from '../../adapters/audit-source.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { audit } from '../../domain/audit.ts';
import { restock, stockItem } from '../../domain/grant.ts';
import { claimKey, saleKey } from '../../domain/items.ts';
import { recordKey } from '../../domain/order-record.ts';
import { attributes, giveBack, hold } from '../../domain/steps.ts';
import {
  anItem,
  aSale,
  buyerKey,
  claimFor,
  KEY,
  NOW,
  OPENS,
  type OrderSpec,
  recordFor,
} from '../domain/audit-builders.ts';
import { startDynamo, TABLES, type TestDynamo } from '../support/dynamo.ts';

const BUYERS = Array.from({ length: 5 }, (_, index) => index + 1);
const RESTOCKED_AT = OPENS + 1000;

let dynamo: TestDynamo;

beforeAll(async () => {
  dynamo = await startDynamo();
  await fill(dynamo.db);
});

afterAll(() => dynamo.stop());

/** A sale of two units and four more, with five orders, beside another sale. */
async function fill(db: DynamoDBClient): Promise<void> {
  const store = dynamoStore(db, TABLES);
  const sale = { ...aSale(), doorKey: '', salt: '', slotSeed: '', publishedAt: OPENS - 1000 };
  sale.items = [anItem(), anItem({ sku: 'song', units: 'unlimited' })];
  await store.write({ item: saleKey(sale.id), put: { sale: JSON.stringify(sale) } });
  await stockItem(store, KEY, 2, 1);
  await stockItem(store, { ...KEY, sku: 'song' }, 'unlimited', 1);
  await stockItem(store, { saleId: 'spring-2', sku: KEY.sku }, 9, 1);
  await restock({ store, queue: { send: async () => {} } }, KEY, 1, 4, RESTOCKED_AT);
  for (const buyer of BUYERS) await order(store, KEY, { buyer, shard: buyer < 3 ? 0 : 1 });
  await order(store, { ...KEY, saleId: 'spring-2' }, { buyer: 1 });
}

async function order(store: ReturnType<typeof dynamoStore>, item: typeof KEY, spec: OrderSpec) {
  const claim = claimFor(spec);
  await store.write({ item: claimKey(item, buyerKey(spec.buyer), 0), put: attributes(claim) });
  await store.write(hold(item, claim));
  const [record] = recordFor(spec);
  if (record) await store.write({ item: recordKey(item, claim.holder), put: attributes(record) });
}

/** The same tables, of which a page shows one item at a time. */
const onSmallPages = (db: DynamoDBClient): DynamoDBClient =>
  ({
    send: (command: ScanCommand) => {
      const isPaged = command instanceof ScanCommand || (command as object) instanceof QueryCommand;
      if (isPaged) command.input.Limit = 1;
      return db.send(command);
    },
  }) as unknown as DynamoDBClient;

describe('readBooks()', () => {
  test('reads shards, claims, records and grants of a sale, and nothing of another', async () => {
    const source = await readBooks(dynamo.db, TABLES, KEY.saleId);
    const [mug, song] = source?.items ?? [];
    expect(source?.sale.id).toBe(KEY.saleId);
    expect(mug?.shards.map(({ index, shard }) => [index, shard.cap, shard.avail])).toEqual([
      [0, 2, 0],
      [1, 4, 1],
    ]);
    expect(mug?.claims.map((one) => one.buyerKey).sort()).toEqual(BUYERS.map(buyerKey).sort());
    expect(mug?.claims.find((one) => one.buyerKey === buyerKey(1))).toEqual({
      sku: KEY.sku,
      buyerKey: buyerKey(1),
      n: 0,
      claim: claimFor({ buyer: 1 }),
    });
    expect(mug?.records).toHaveLength(5);
    expect(mug?.grants).toMatchObject([
      { at: OPENS - 1000, units: 2 },
      { at: RESTOCKED_AT, units: 4 },
    ]);
    expect(song).toMatchObject({ sku: 'song', shards: [], claims: [], records: [], grants: [] });
  });

  test('reads every page', async () => {
    const whole = await readBooks(dynamo.db, TABLES, KEY.saleId);
    const paged = await readBooks(onSmallPages(dynamo.db), TABLES, KEY.saleId);
    expect(paged?.items[0]?.claims).toHaveLength(5);
    expect(new Set(paged?.items[0]?.claims)).toEqual(new Set(whole?.items[0]?.claims));
    expect(paged?.items[0]?.records).toHaveLength(5);
  });

  test('gives the audit what it needs to judge, and to find what is wrong', async () => {
    const judge = async () => {
      const source = await readBooks(dynamo.db, TABLES, KEY.saleId);
      return source && audit({ ...source, now: NOW }).promises;
    };
    const kept = { 'no-oversell': true, 'no-duplicate': true, 'no-leak': true };
    expect(await judge()).toMatchObject(kept);
    const { holder } = claimFor({ buyer: 1 });
    await dynamoStore(dynamo.db, TABLES).write(giveBack(KEY, 0, holder));
    expect(await judge()).toMatchObject({
      ...kept,
      'no-oversell': [{ id: `spring.mug.${holder}` }],
    });
  });

  test('finds no sale that is not there', async () => {
    expect(await readBooks(dynamo.db, TABLES, 'autumn')).toBeUndefined();
  });

  test('has empty books of an item that was never stocked', async () => {
    const store = dynamoStore(dynamo.db, TABLES);
    await store.write({
      item: saleKey('bare'),
      put: { sale: JSON.stringify({ ...aSale(), id: 'bare' }) },
    });
    const source = await readBooks(dynamo.db, TABLES, 'bare');
    expect(source?.items[0]).toMatchObject({ status: undefined, shards: [], claims: [] });
  });
});
