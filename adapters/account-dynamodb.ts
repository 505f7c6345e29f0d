/** @module Tables of an account: what they take at once, whether they can be put back, whether they can be deleted. */

import {
  DescribeContinuousBackupsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import type { TableFacts } from '../domain/preflight-facts.ts';
import { ask } from './account-ask.ts';

/** Asks about one table. */
export async function tableFacts(
  settings: DynamoDBClientConfig,
  name: string,
): Promise<TableFacts> {
  const client = new DynamoDBClient(settings);
  const [description, recovery] = await Promise.all([
    ask('dynamodb:DescribeTable', () => descriptionOf(client, name)),
    ask('dynamodb:DescribeContinuousBackups', async () => {
      const { ContinuousBackupsDescription: found } = await client.send(
        new DescribeContinuousBackupsCommand({ TableName: name }),
      );
      return found?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED';
    }),
  ]);
  return { name, description, recovery };
}

async function descriptionOf(client: DynamoDBClient, TableName: string) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const warmWrites = Table?.WarmThroughput?.WriteUnitsPerSecond;
  // -1 says that there is no ceiling.
  const maxWrites = Table?.OnDemandThroughput?.MaxWriteRequestUnits ?? -1;
  return {
    status: Table?.TableStatus ?? 'unknown',
    isProtected: Table?.DeletionProtectionEnabled ?? false,
    ...(warmWrites !== undefined && { warmWrites }),
    ...(maxWrites >= 0 && { maxWrites }),
  };
}

/** The most write units/s of one table, for whoever may not ask Service Quotas. */
export const tableWriteLimit = (settings: DynamoDBClientConfig) =>
  ask('dynamodb:DescribeLimits', async () => {
    const found = await new DynamoDBClient(settings).send(new DescribeLimitsCommand({}));
    return found.TableMaxWriteCapacityUnits ?? 0;
  });
