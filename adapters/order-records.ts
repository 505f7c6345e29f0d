/** @module The order records of an item, partition by partition. */

import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ItemKey } from '../domain/items.ts';
import { type OrderRecord, recordPartitions } from '../domain/order-record.ts';
import type { OrderRecords } from '../domain/ports.ts';
import { attributesOf, type Stored } from './dynamo-item.ts';

export const dynamoRecords = (db: DynamoDBClient, table: string): OrderRecords => ({
  async *reserved(item: ItemKey) {
    for (const partition of recordPartitions(item)) yield* reservedIn(db, table, partition);
  },
});

async function* reservedIn(
  db: DynamoDBClient,
  table: string,
  partition: string,
): AsyncGenerator<OrderRecord> {
  let from: Stored | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#state = :reserved',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':pk': { S: partition }, ':reserved': { S: 'RESERVED' } },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const stored of Items) yield attributesOf(stored) as unknown as OrderRecord;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}
