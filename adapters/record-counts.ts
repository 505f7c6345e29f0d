/** @module How many orders of an item came to which end, counted from its order records. */

import type { ItemKey, ReleaseReason } from '../domain/items.ts';
import type { OrderState } from '../domain/messages.ts';
import { type OrderRecord, recordPartitions } from '../domain/order-record.ts';
import { inParallel } from '../domain/parallel.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';
import { queryPages } from './dynamo-pages.ts';

/** Partitions read at once. */
const AT_ONCE = 8;

export type RecordCounts = {
  /** Units of orders that are reserved, and that are paid. */
  readonly reserved: number;
  readonly paid: number;
  /** Orders that were released, by reason. */
  readonly released: Readonly<Partial<Record<ReleaseReason, number>>>;
};

type Counted = Pick<OrderRecord, 'quantity' | 'reason'> & { readonly state: OrderState };

/** Reads every record of the item, eventually consistent: half a read unit for each 4 KB of them. */
export async function recordCounts(
  db: DynamoDb,
  table: string,
  item: ItemKey,
): Promise<RecordCounts> {
  const units = { RESERVED: 0, PAID: 0, RELEASED: 0 };
  const released: Partial<Record<ReleaseReason, number>> = {};
  await inParallel(AT_ONCE, recordPartitions(item), async (partition) => {
    for await (const { state, quantity, reason } of recordsIn(db, table, partition)) {
      units[state] += quantity;
      if (state === 'RELEASED' && reason) released[reason] = (released[reason] ?? 0) + 1;
    }
  });
  return { reserved: units.RESERVED, paid: units.PAID, released };
}

async function* recordsIn(db: DynamoDb, table: string, partition: string): AsyncGenerator<Counted> {
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: '#state, quantity, reason',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':pk': { S: partition } },
  };
  for await (const items of queryPages(db, query)) {
    for (const stored of items) yield attributesOf(stored) as unknown as Counted;
  }
}
