/** @module The payments of a sale that wait, or waited, for an operator: one partition of the orders table. */

import type { RefundList } from '../domain/ports.ts';
import { type RefundEntry, refundPartition } from '../domain/refund-list.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';
import { queryPages } from './dynamo-pages.ts';

export const dynamoRefunds = (db: DynamoDb, table: string): RefundList => ({
  async of(saleId) {
    const entries: RefundEntry[] = [];
    const query = {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: refundPartition(saleId) } },
      ConsistentRead: true,
    };
    for await (const items of queryPages(db, query)) {
      entries.push(...items.map((item) => attributesOf(item) as unknown as RefundEntry));
    }
    return entries.toSorted((a, b) => a.askedAt - b.askedAt);
  },
});
