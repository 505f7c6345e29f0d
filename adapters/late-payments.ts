/**
 * @module
 * Payments that came too late and found no unit any more, by item: those that went back, and those that wait for an
 * operator's word. A late payment that bought again is an order like any other.
 */

import { eventIn, eventPartition } from '../domain/last-events.ts';
import { orderOf } from '../domain/order-id.ts';
import { type RefundEntry, refundPartition } from '../domain/refund-list.ts';
import type { Attributes } from '../domain/write.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';
import { queryPages } from './dynamo-pages.ts';

/** How many of each SKU. It reads what is kept of a sale's events, which are few: none for an order. */
export async function latePayments(
  db: DynamoDb,
  table: string,
  saleId: string,
): Promise<Readonly<Record<string, number>>> {
  const [events, waiting] = await Promise.all([
    partition(db, table, eventPartition(saleId)),
    partition(db, table, refundPartition(saleId)),
  ]);
  const late = new Map<string, string>([
    ...events
      .map(eventIn)
      .flatMap(({ type, detail }) =>
        type === 'payment.refunded.v1' && detail['reason'] === 'late'
          ? [[String(detail['payment']), String(detail['sku'])] as const]
          : [],
      ),
    ...(waiting as unknown as readonly RefundEntry[]).flatMap(({ reason, reference, orderId }) =>
      reason === 'late' ? [[reference, orderOf(orderId)?.sku ?? ''] as const] : [],
    ),
  ]);
  const skus = Map.groupBy(late.values(), (sku) => sku);
  return Object.fromEntries([...skus].map(([sku, ones]) => [sku, ones.length]));
}

async function partition(db: DynamoDb, table: string, pk: string): Promise<readonly Attributes[]> {
  const found: Attributes[] = [];
  const query = {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
  };
  for await (const items of queryPages(db, query)) {
    found.push(...items.map(attributesOf));
  }
  return found;
}
