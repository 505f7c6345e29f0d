/** @module Creates tables, queues and buckets in the engines. */

import type { Engines } from './engines/engines.ts';
import { copyFiles } from './files.ts';
import type { Inventory } from './inventory.ts';
import { type AwsResponse, textOf } from './services/aws-http.ts';

/** @throws {Error} naming what an engine refused */
export async function createData(inventory: Inventory, { tables, queues }: Engines): Promise<void> {
  await Promise.all([
    ...inventory.tables.map(async ({ name, createTable }) => {
      const body = JSON.stringify(createTable);
      check('table', name, await tables.json('DynamoDB_20120810.CreateTable', body));
    }),
    ...inventory.queues.map(async ({ name, attributes }) => {
      const body = JSON.stringify({ QueueName: name, Attributes: attributes });
      check('queue', name, await queues.json('AmazonSQS.CreateQueue', body));
    }),
    ...inventory.buckets.map(async (name) => {
      const request = { method: 'PUT', path: `/${name}`, headers: {}, body: '' };
      check('bucket', name, await queues.forward(request));
    }),
  ]);
  for (const files of inventory.files) await copyFiles(files, queues);
}

function check(kind: string, name: string, { status, body }: AwsResponse) {
  if (status >= 300) throw new Error(`Cannot create ${kind} "${name}": ${textOf(body)}`);
}
