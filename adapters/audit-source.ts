/**
 * @module
 * What the audit reads: shards first, then records, then claims, all strongly consistent. So an order that is certain
 * stood in its shard when that was read, and a record is never ahead of its claim.
 */

import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Grant, ItemBooks, NumberedClaim, NumberedShard } from '../domain/audit-books.ts';
import {
  type Claim,
  grantKey,
  type ItemKey,
  type Shard,
  type Status,
  saleKey,
  shardKey,
  statusKey,
} from '../domain/items.ts';
import { type OrderRecord, recordPartitions } from '../domain/order-record.ts';
import { inParallel } from '../domain/parallel.ts';
import type { Store } from '../domain/ports.ts';
import { saleIn } from '../domain/publish.ts';
import type { Item, PublishedSale } from '../domain/sale.ts';
import type { DynamoDb } from './aws-clients.ts';
import { type Tables, tableOf } from './dynamo-expression.ts';
import { attributesOf, type Stored } from './dynamo-item.ts';
import { dynamoStore } from './dynamo-store.ts';

/** Partitions of records read at once. */
const AT_ONCE = 8;

/** A sale and the books of its items. */
export type AuditSource = {
  readonly sale: PublishedSale;
  readonly items: readonly ItemBooks[];
};

/**
 * Reads all that the audit needs of a sale. It scans the whole stock table once, at half a read unit for each KB of it:
 * for rehearsals, tests and operators, not for anything that runs every minute.
 *
 * @returns nothing when there is no such sale
 */
export async function readBooks(
  db: DynamoDb,
  tables: Tables,
  saleId: string,
): Promise<AuditSource | undefined> {
  const store = dynamoStore(db, tables);
  const [found] = await store.read([saleKey(saleId)]);
  if (found === undefined) return undefined;
  const sale = saleIn(found);
  const stock = [];
  for (const item of sale.items) stock.push(await readStock(store, sale, item));
  const records: OrderRecord[][] = [];
  for (const { sku } of sale.items) records.push(await readRecords(db, tables, { saleId, sku }));
  const claims = Map.groupBy(await readClaims(db, tables, saleId), ({ sku }) => sku);
  return {
    sale,
    items: stock.map((one, index) => ({
      ...one,
      records: records[index] ?? [],
      claims: claims.get(one.sku) ?? [],
    })),
  };
}

/** Status first: it counts no shard that is not there yet. */
async function readStock(
  store: Store,
  sale: PublishedSale,
  { sku, units }: Item,
): Promise<Pick<ItemBooks, 'sku' | 'status' | 'shards' | 'grants'>> {
  const item = { saleId: sale.id, sku };
  const [found] = await store.read([statusKey(item)]);
  const status = found as unknown as Status | undefined;
  const shards = await readShards(store, item, status?.shards ?? 0);
  // Publishing left no grant. One restock beyond those that are counted may be under way.
  const first = units === 'unlimited' ? [] : [{ at: sale.publishedAt, units }];
  const restocks = await readGrants(store, item, (status?.grants ?? 0) + 1);
  return { sku, status, shards, grants: [...first, ...restocks] };
}

async function readShards(store: Store, item: ItemKey, count: number): Promise<NumberedShard[]> {
  const items = await store.read(upTo(count).map((index) => shardKey(item, index)));
  return items.flatMap((shard, index) =>
    shard === undefined ? [] : [{ index, shard: shard as unknown as Shard }],
  );
}

async function readGrants(store: Store, item: ItemKey, count: number): Promise<Grant[]> {
  const items = await store.read(upTo(count).map((index) => grantKey(item, index + 1)));
  return items.flatMap((grant) => (grant === undefined ? [] : [grant as unknown as Grant]));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

async function readRecords(db: DynamoDb, tables: Tables, item: ItemKey): Promise<OrderRecord[]> {
  const records: OrderRecord[] = [];
  await inParallel(AT_ONCE, recordPartitions(item), async (partition) => {
    const query = {
      TableName: tableOf(tables, 'orders'),
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
    };
    const pages = allPages((start) => db.send(new QueryCommand({ ...query, ...start })));
    for await (const stored of pages) {
      records.push(attributesOf(stored) as unknown as OrderRecord);
    }
  });
  return records;
}

/** The claims of a sale, strongly consistent, page by page. It scans the whole stock table. */
export async function readClaims(
  db: DynamoDb,
  tables: Tables,
  saleId: string,
): Promise<(NumberedClaim & { readonly sku: string })[]> {
  const scan = {
    TableName: tableOf(tables, 'stock'),
    FilterExpression: 'begins_with(#pk, :claims)',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':claims': { S: `CLAIM#${saleId}#` } },
    ConsistentRead: true,
  };
  const claims = [];
  for await (const stored of allPages((start) => db.send(new ScanCommand({ ...scan, ...start })))) {
    const [, , sku = '', buyerKey = '', n] = (stored['pk']?.S ?? '').split('#');
    claims.push({ sku, buyerKey, n: Number(n), claim: attributesOf(stored) as unknown as Claim });
  }
  return claims;
}

type Page = {
  readonly Items?: Stored[] | undefined;
  readonly LastEvaluatedKey?: Stored | undefined;
};

/** The items of all pages. */
async function* allPages(
  read: (start: { readonly ExclusiveStartKey?: Stored }) => Promise<Page>,
): AsyncGenerator<Stored> {
  let start: { readonly ExclusiveStartKey?: Stored } | undefined = {};
  while (start !== undefined) {
    const { Items = [], LastEvaluatedKey } = await read(start);
    yield* Items;
    start = LastEvaluatedKey && { ExclusiveStartKey: LastEvaluatedKey };
  }
}
