/** @module The tables in DynamoDB: each step is one conditional write, each read strongly consistent. */

import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from '../domain/ports.ts';
import type { Attributes, Key, Write, WriteAnswer } from '../domain/write.ts';
import type { DynamoDb } from './aws-clients.ts';
import { putInput, type Tables, tableOf, updateInput } from './dynamo-expression.ts';
import { attributesOf, type Stored, storedKey } from './dynamo-item.ts';

/** Keys in one BatchGetItem. */
const KEYS_PER_READ = 100;

/** The store behind a client. */
export function dynamoStore(db: DynamoDb, tables: Tables): Store {
  const send = async (write: Write): Promise<Stored | undefined> => {
    if ('put' in write) {
      await db.send(new PutItemCommand(putInput(tables, write)));
      return undefined;
    }
    return (await db.send(new UpdateItemCommand(updateInput(tables, write)))).Attributes;
  };
  return {
    async write(write): Promise<WriteAnswer> {
      try {
        const item = await send(write);
        return item === undefined ? { kind: 'done' } : { kind: 'done', item: attributesOf(item) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { kind: 'refused', item: error.Item && attributesOf(error.Item) };
      }
    },

    async read(keys) {
      const found = new Map<string, Attributes>();
      for (let from = 0; from < keys.length; from += KEYS_PER_READ) {
        await readInto(found, db, tables, keys.slice(from, from + KEYS_PER_READ), true);
      }
      return keys.map((key) => found.get(nameIn(tables, key)));
    },
  };
}

/** Reads at most 100 keys, until DynamoDB has answered for each of them. */
export async function readInto(
  found: Map<string, Attributes>,
  db: DynamoDb,
  tables: Tables,
  keys: readonly Key[],
  isConsistent: boolean,
): Promise<void> {
  // A batch that names one key twice is refused.
  const distinct = new Map(keys.map((key) => [nameIn(tables, key), key]));
  let left = requests(tables, [...distinct.values()], isConsistent);
  while (Object.keys(left).length > 0) {
    const { Responses = {}, UnprocessedKeys = {} } = await db.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    for (const [table, items] of Object.entries(Responses)) {
      for (const item of items) found.set(nameOfStored(table, item), attributesOf(item));
    }
    left = UnprocessedKeys as typeof left;
  }
}

function requests(tables: Tables, keys: readonly Key[], isConsistent: boolean) {
  const byTable = Map.groupBy(keys, ({ table }) => tableOf(tables, table));
  return Object.fromEntries(
    [...byTable].map(([table, ones]) => [
      table,
      { Keys: ones.map(storedKey), ConsistentRead: isConsistent },
    ]),
  );
}

/** One name for each item, from a key or from what was read. */
export const nameIn = (tables: Tables, { table, pk, sk }: Key): string =>
  `${tableOf(tables, table)}/${pk}/${sk ?? ''}`;

const nameOfStored = (table: string, { pk, sk }: Stored): string =>
  `${table}/${pk?.S ?? ''}/${sk?.S ?? ''}`;
