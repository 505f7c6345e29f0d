/** @module A DynamoDB for tests: dynoxide in a process of its own, on loopback, gone with the test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { findDynoxide } from '../../local/engines/dynoxide.ts';
import { freePort } from './free-port.ts';

export type TestDynamo = { readonly db: DynamoDBClient; stop(): Promise<void> };

export const TABLES = { catalogue: 'Catalogue', stock: 'Stock', orders: 'Orders' } as const;

/** Starts it, with the three tables. */
export async function startDynamo(): Promise<TestDynamo> {
  const port = await freePort();
  const child = spawn(findDynoxide(), ['--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, TOKIO_WORKER_THREADS: '1' },
  });
  const db = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 20,
  });
  for (const [table, keys] of [
    [TABLES.catalogue, ['pk']],
    [TABLES.stock, ['pk']],
    [TABLES.orders, ['pk', 'sk']],
  ] as const) {
    await db.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        KeySchema: keys.map((name, index) => ({
          AttributeName: name,
          KeyType: index === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  }
  return { db, stop: () => ended(child, db) };
}

async function ended(child: ChildProcess, db: DynamoDBClient): Promise<void> {
  db.destroy();
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}
