/** @module Whoever watches the alarms while something happens: once in each minute of the virtual clock. */

import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { tableOf } from '../../adapters/dynamo-expression.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import type { Change, Key } from '../../domain/write.ts';
import { exists } from '../../domain/write.ts';
import { MINUTE_MS, type SaleChanges, type Scene, startScene } from './scene.ts';

/** What a scenario works with. */
export type Ground = {
  readonly scene: Scene;
  /** Names of the alarms that were seen in ALARM since the scenario began. */
  readonly fired: ReadonlySet<string>;
  /** Goes to the beginnings of the next minutes, so that what follows falls into one; looks at every alarm at each. */
  pass(minutes: number): Promise<void>;
  /** A sale that nothing happens to but what the scenario does; open. */
  sale(changes?: SaleChanges): Promise<PublishedSale>;
  /** Changes an item behind everybody's back. */
  spoil(key: Key, ...changes: readonly Change[]): Promise<void>;
  /** Takes an item away behind everybody's back. */
  remove(key: Key): Promise<void>;
  /** Adds a value to the metric that an alarm watches alone, as AWS would. */
  measure(namespace: string, name: string, functionName: string, value: number): void;
};

export type Watch = Ground & {
  /** Names of all alarms. */
  names(): Promise<readonly string[]>;
  /** Forgets all metrics and faults: what is seen from now on is new. */
  begin(): Promise<void>;
  stop(): Promise<void>;
};

const JUST_AFTER_MS = 500;

/** The alarm's own name, without the stack's. */
const bare = (name: string): string => name.slice(name.indexOf('/') + 1);

export async function startWatch(): Promise<Watch> {
  const scene = await startScene();
  const { stack, deployment } = scene;
  await scene.open();
  const fired = new Set<string>();
  let sales = 0;
  const look = async () => {
    for (const { name, state } of await stack.alarms())
      if (state === 'ALARM') fired.add(bare(name));
  };
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      const { clock } = stack;
      const next = Math.floor(clock.now() / MINUTE_MS + 1) * MINUTE_MS;
      await clock.advance(next + JUST_AFTER_MS - clock.now());
      await look();
    }
  };
  return {
    ...{ scene, fired, pass },
    async sale(changes = {}) {
      sales += 1;
      const sale = await scene.publishBare({ id: `alarm-${sales}`, ...changes });
      await scene.open();
      return sale;
    },
    async spoil(item, ...change) {
      await deployment.store.write({ item, when: exists, change });
    },
    async remove(key) {
      const TableName = tableOf(deployment.tables, key.table);
      await deployment.db.send(new DeleteItemCommand({ TableName, Key: { pk: { S: key.pk } } }));
    },
    measure(namespace, name, functionName, value) {
      const metric = { namespace, name, dimensions: { FunctionName: functionName } };
      stack.metrics.series(metric).add(value, stack.clock.now());
    },
    names: async () => (await stack.alarms()).map(({ name }) => bare(name)),
    async begin() {
      stack.faults.clear();
      stack.metrics.reset();
      fired.clear();
      await pass(1);
    },
    stop: () => scene.stop(),
  };
}
