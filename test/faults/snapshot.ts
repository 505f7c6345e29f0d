/**
 * @module
 * The tables as they are at rest, read once: the audit of each of a hundred sales would scan them a hundred times.
 */

import { type DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Deployment } from '../../adapters/deployment.ts';

type Stored = Readonly<Record<string, { readonly S?: string }>>;

export type Snapshot = {
  /** Answers the audit's scans and queries from memory, and asks the tables for all else. */
  readonly db: DynamoDBClient;
  hasRecord(orderId: string): boolean;
};

export async function snapshotOf({ db, tables }: Deployment): Promise<Snapshot> {
  const stock = await everything(db, tables.stock);
  const orders = await everything(db, tables.orders);
  const claims = Map.groupBy(stock, ({ pk }) => pk?.S?.split('#').slice(0, 2).join('#') ?? '');
  const partitions = Map.groupBy(orders, ({ pk }) => pk?.S ?? '');
  const records = new Set(orders.map(({ orderId }) => orderId?.S));
  const send = async (command: { readonly input: { ExpressionAttributeValues?: Stored } }) => {
    const values = command.input.ExpressionAttributeValues;
    if (command instanceof ScanCommand) {
      return { Items: claims.get(values?.[':claims']?.S?.replace(/#$/, '') ?? '') ?? [] };
    }
    if (command instanceof QueryCommand) {
      return { Items: partitions.get(values?.[':pk']?.S ?? '') ?? [] };
    }
    return db.send(command as never);
  };
  return {
    db: { send } as unknown as DynamoDBClient,
    hasRecord: (orderId) => records.has(orderId),
  };
}

async function everything(db: DynamoDBClient, TableName: string): Promise<Stored[]> {
  const items: Stored[] = [];
  let start: Stored | undefined;
  do {
    const page = await db.send(
      new ScanCommand({
        TableName,
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start as never }),
      }),
    );
    items.push(...((page.Items ?? []) as Stored[]));
    start = page.LastEvaluatedKey as Stored | undefined;
  } while (start !== undefined);
  return items;
}
