/** @module The operators' log in the orders table, a partition for each day. */

import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { entriesIn, type Journal, journalPartition } from '../domain/journal.ts';
import { attributesOf } from './dynamo-item.ts';

export const dynamoJournal = (db: DynamoDBClient, table: string): Journal => ({
  async read(day) {
    const stored: { readonly sk: string }[] = [];
    const query = {
      TableName: table,
      KeyConditionExpression: 'pk = :day',
      ExpressionAttributeValues: { ':day': { S: journalPartition(day) } },
      ConsistentRead: true,
    };
    for await (const { Items = [] } of paginateQuery({ client: db }, query)) {
      for (const item of Items) stored.push({ ...attributesOf(item), sk: item['sk']?.S ?? '' });
    }
    return entriesIn(stored);
  },
});
