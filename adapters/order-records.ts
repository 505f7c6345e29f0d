/** @module The order records of an item, partition by partition: a page at a time, however many there are. */

import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type OrderRecord, recordPartitions } from '../domain/order-record.ts';
import type { OrderBooks, OrderRecords } from '../domain/ports.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf, type Stored } from './dynamo-item.ts';

/** Those that are not decided yet. */
export const dynamoRecords = (db: DynamoDb, table: string): OrderRecords => ({
  async *reserved(item) {
    for (const partition of recordPartitions(item)) {
      for await (const page of pagesOf(db, table, partition, RESERVED)) yield* page;
    }
  },
});

/** All of them. */
export const dynamoBooks = (db: DynamoDb, table: string): OrderBooks => ({
  async *of(item) {
    for (const partition of recordPartitions(item)) yield* pagesOf(db, table, partition);
  },
});

type Filter = Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames'> & {
  readonly values: Stored;
};

const RESERVED: Filter = {
  FilterExpression: '#state = :reserved',
  ExpressionAttributeNames: { '#state': 'state' },
  values: { ':reserved': { S: 'RESERVED' } },
};

async function* pagesOf(
  db: DynamoDb,
  table: string,
  partition: string,
  { values, ...filter }: Partial<Filter> = {},
): AsyncGenerator<readonly OrderRecord[]> {
  let from: Stored | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ...filter,
        ExpressionAttributeValues: { ':pk': { S: partition }, ...values },
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    yield Items.map((stored) => attributesOf(stored) as unknown as OrderRecord);
    from = LastEvaluatedKey;
  } while (from !== undefined);
}
