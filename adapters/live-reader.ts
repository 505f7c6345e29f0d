/**
 * @module
 * Reads that only inform: eventually consistent, at half the price, and several batches at a time. Nothing may be
 * decided by them.
 */

import { inParallel } from '../domain/parallel.ts';
import type { Store } from '../domain/ports.ts';
import type { Attributes } from '../domain/write.ts';
import type { DynamoDb } from './aws-clients.ts';
import type { Tables } from './dynamo-expression.ts';
import { nameIn, readInto } from './dynamo-store.ts';

/** Keys in one BatchGetItem. */
const KEYS_PER_READ = 100;

/** Batches at a time: 1,000 shards are 10. */
const AT_ONCE = 10;

export const liveReader = (db: DynamoDb, tables: Tables): Pick<Store, 'read'> => ({
  async read(keys) {
    const found = new Map<string, Attributes>();
    const starts = keys.map((_, index) => index).filter((index) => index % KEYS_PER_READ === 0);
    await inParallel(AT_ONCE, starts, (from) =>
      readInto(found, db, tables, keys.slice(from, from + KEYS_PER_READ), false),
    );
    return keys.map((key) => found.get(nameIn(tables, key)));
  },
});
