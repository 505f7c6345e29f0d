/** @module The payments of a sale that wait, or waited, for an operator: one partition of the orders table. */

import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { RefundList } from '../domain/ports.ts';
import { type RefundEntry, refundPartition } from '../domain/refund-list.ts';
import { attributesOf } from './dynamo-item.ts';

export const dynamoRefunds = (db: DynamoDBClient, table: string): RefundList => ({
  async of(saleId) {
    const entries: RefundEntry[] = [];
    const query = {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: refundPartition(saleId) } },
      ConsistentRead: true,
    };
    for await (const { Items = [] } of paginateQuery({ client: db }, query)) {
      entries.push(...Items.map((item) => attributesOf(item) as unknown as RefundEntry));
    }
    return entries.toSorted((a, b) => a.askedAt - b.askedAt);
  },
});
