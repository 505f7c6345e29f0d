/** @module The last events of a sale in the orders table, newest first. */

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type BusEvent, eventIn, eventPartition } from '../domain/last-events.ts';
import type { DynamoDb } from './aws-clients.ts';
import { attributesOf } from './dynamo-item.ts';

/** Reads a sale's last events. @param most 1 to 100 */
export async function lastEvents(
  db: DynamoDb,
  table: string,
  saleId: string,
  most: number,
): Promise<readonly BusEvent[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :sale',
      ExpressionAttributeValues: { ':sale': { S: eventPartition(saleId) } },
      ScanIndexForward: false,
      Limit: most,
    }),
  );
  return Items.map((item) => eventIn(attributesOf(item)));
}
