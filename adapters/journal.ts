/** @module The operators' log in the orders table, a partition for each day. */

import { entriesIn, type Journal, journalPartition } from '../domain/journal.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';
import { queryPages } from './dynamo-pages.ts';

export const dynamoJournal = (db: DynamoDb, table: string): Journal => ({
  async read(day) {
    const stored: { readonly sk: string }[] = [];
    const query = {
      TableName: table,
      KeyConditionExpression: 'pk = :day',
      ExpressionAttributeValues: { ':day': { S: journalPartition(day) } },
      ConsistentRead: true,
    };
    for await (const items of queryPages(db, query)) {
      for (const item of items) stored.push({ ...attributesOf(item), sk: item['sk']?.S ?? '' });
    }
    return entriesIn(stored);
  },
});
