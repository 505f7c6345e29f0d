/** @module Puts items into tables by the thousand: what a benchmark begins with is not what it measures. */

import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type Tables, tableOf } from '../adapters/dynamo-expression.ts';
import { storedItem } from '../adapters/dynamo-item.ts';
import { memoryStore, nameOf } from '../adapters/memory-store.ts';
import { inParallel } from '../domain/parallel.ts';
import type { Store } from '../domain/ports.ts';
import type { Attributes, Key } from '../domain/write.ts';

/** Items in one BatchWriteItem: its limit. */
const ITEMS_PER_CALL = 25;

/** Calls under way at once: enough to keep an engine with one thread busy. */
const AT_ONCE = 8;

/** The in-memory twin, and what was written there since it was last emptied into the tables. */
export type Draft = Store & {
  /** Takes what was written since the last time. */
  take(): readonly WrittenItem[];
};

type WrittenItem = { readonly key: Key; readonly item: Attributes };

export function draft(): Draft {
  const store = memoryStore();
  const written = new Map<string, Key>();
  return {
    read: store.read,
    async write(write) {
      const answer = await store.write(write);
      if (answer.kind === 'done') written.set(nameOf(write.item), write.item);
      return answer;
    },
    take() {
      const keys = [...written];
      written.clear();
      return keys.flatMap(([name, key]) => {
        const item = store.items.get(name);
        return item === undefined ? [] : [{ key, item }];
      });
    },
  };
}

/** Puts items as they are, whatever is there. */
export async function load(
  db: Pick<DynamoDBClient, 'send'>,
  tables: Tables,
  items: readonly WrittenItem[],
): Promise<void> {
  const byTable = Map.groupBy(items, ({ key }) => tableOf(tables, key.table));
  const batches = [...byTable].flatMap(([table, ones]) =>
    Array.from({ length: Math.ceil(ones.length / ITEMS_PER_CALL) }, (_, at) => ({
      table,
      ones: ones.slice(at * ITEMS_PER_CALL, (at + 1) * ITEMS_PER_CALL),
    })),
  );
  await inParallel(AT_ONCE, batches, ({ table, ones }) =>
    putAll(db, {
      [table]: ones.map(({ key, item }) => ({ PutRequest: { Item: storedItem(key, item) } })),
    }),
  );
}

/** What a call leaves out is sent again, until nothing is left. */
async function putAll(
  db: Pick<DynamoDBClient, 'send'>,
  requests: Record<string, WriteRequest[]>,
): Promise<void> {
  let left = requests;
  while (Object.keys(left).length > 0) {
    const { UnprocessedItems = {} } = await db.send(
      new BatchWriteItemCommand({ RequestItems: left }),
    );
    left = UnprocessedItems;
  }
}
