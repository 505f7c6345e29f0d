/**
 * @module
 * What a table takes at once: its warm throughput. It can be raised ahead of a crowd, is paid for once, and never falls.
 */

import { DescribeTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from './aws-clients.ts';

export type TableWarmth = {
  /** Write units a second that it takes at once. */
  readonly writes: number;
  readonly reads: number;
  /** It is being raised at this moment. */
  readonly isRising: boolean;
};

/** Looks at a table; nothing where the place has no such thing, as engines on one machine have not. */
export async function tableWarmth(
  db: DynamoDb,
  TableName: string,
): Promise<TableWarmth | undefined> {
  const { Table } = await db.send(new DescribeTableCommand({ TableName }));
  const { WriteUnitsPerSecond, ReadUnitsPerSecond, Status } = Table?.WarmThroughput ?? {};
  if (WriteUnitsPerSecond === undefined || ReadUnitsPerSecond === undefined) return undefined;
  return {
    writes: WriteUnitsPerSecond,
    reads: ReadUnitsPerSecond,
    isRising: Status === 'UPDATING',
  };
}

/** Asks for more write units, and as many read units as there are. DynamoDB takes a while to get there. */
export async function raiseWrites(
  db: DynamoDb,
  TableName: string,
  { reads }: TableWarmth,
  writes: number,
): Promise<void> {
  const WarmThroughput = { ReadUnitsPerSecond: reads, WriteUnitsPerSecond: writes };
  await db.send(new UpdateTableCommand({ TableName, WarmThroughput }));
}
