/** @module Laws of the compilers of steps: DynamoDB answers as the plain object does, to everything that can be written. */

import fc from 'fast-check';
import { attributesOf, storedItem } from '../../adapters/dynamo-item.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { memoryStore } from '../../adapters/memory-store.ts';
import { stockItem } from '../../domain/grant.ts';
import type { Store } from '../../domain/ports.ts';
import type { Key, Write } from '../../domain/write.ts';
import { startDynamo, TABLES, type TestDynamo } from '../support/dynamo.ts';
import { type Law, law, same } from './law.ts';
import { protocolSteps } from './protocol-steps.ts';
import { items, writes } from './write-trees.ts';

/** A store that does everything twice, and throws where the two answers differ. */
function twins({ db }: TestDynamo): Store & { agree(): Promise<void> } {
  const memory = memoryStore();
  const dynamo = dynamoStore(db, TABLES);
  const written = new Map<string, Key>();
  const twin: Store = {
    async write(write) {
      written.set(JSON.stringify(write.item), write.item);
      const expected = await memory.write(write);
      same(await dynamo.write(write), expected);
      return expected;
    },
    async read(keys) {
      const expected = await memory.read(keys);
      same(await dynamo.read(keys), expected);
      return expected;
    },
  };
  return { ...twin, agree: async () => void (await twin.read([...written.values()])) };
}

/** Items of one run are in nobody's way. */
let runs = 0;

/** A law that needs a DynamoDB: dynoxide, started for it. */
function dynamoLaw<T>(
  name: string,
  values: fc.Arbitrary<T>,
  share: number,
  holds: (store: ReturnType<typeof twins>, run: string, value: T) => Promise<void>,
): Law {
  return {
    name,
    share,
    async check(tried, seed) {
      const dynamo = await startDynamo();
      try {
        await law(name, [values], (value) => holds(twins(dynamo), `run-${runs++}`, value)).check(
          tried,
          seed,
        );
      } finally {
        await dynamo.stop();
      }
    },
  };
}

export const writeLaws: readonly Law[] = [
  law(
    'write: an item is stored and read as it was',
    [items],
    (item) => {
      same(attributesOf(storedItem({ table: 'orders', pk: 'a', sk: 'b' }, item)), item);
    },
    2,
  ),

  dynamoLaw(
    'write: DynamoDB answers as memory does, to any tree of conditions and any changes',
    fc.array(writes, { minLength: 1, maxLength: 30, size: 'large' }),
    0.1,
    async (store, run, all) => {
      const item: Key = { table: 'stock', pk: `STOCK#laws#${run}` };
      for (const one of all) await store.write({ item, ...one } as Write);
      await store.agree();
    },
  ),

  dynamoLaw(
    'write: DynamoDB answers as memory does, to every step of the domain in any order',
    fc.record({
      stocked: fc.integer({ min: 0, max: 3 }),
      all: fc.array(protocolSteps, { minLength: 1, maxLength: 60, size: 'large' }),
    }),
    0.05,
    async (store, run, { stocked, all }) => {
      const item = { saleId: run, sku: 'lamp' };
      if (stocked > 0) await stockItem(store, item, stocked, 500);
      for (const step of all) await step.run(store, item);
      await store.agree();
    },
  ),
];
