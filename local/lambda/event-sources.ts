/** @module Every queue that feeds a function, ready to start. */

import type { VirtualClock } from '../clock.ts';
import type { EngineClient } from '../engines/engine-client.ts';
import type { Faults } from '../faults.ts';
import type { Inventory } from '../inventory.ts';
import { EventSource } from './event-source.ts';
import type { Functions } from './functions.ts';

export type EventSourcesOptions = {
  readonly functions: Functions;
  readonly queues: EngineClient;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly deliverDue: () => Promise<void>;
};

/** SQS's own default. */
const VISIBILITY_SECONDS = 30;

export function eventSources(
  inventory: Inventory,
  { functions, queues, clock, faults, deliverDue }: EventSourcesOptions,
): EventSource[] {
  return inventory.sources.map((spec) => {
    const name = spec.queueArn.split(':').at(-1) ?? '';
    const queue = inventory.queues.find((one) => one.name === name);
    const seconds = Number(queue?.attributes['VisibilityTimeout'] ?? VISIBILITY_SECONDS);
    return new EventSource({
      spec,
      fn: functions.find(spec.functionArn),
      queues,
      queueUrl: inventory.queueUrl(name),
      visibilityMs: seconds * 1000,
      clock,
      faults,
      deliverDue,
    });
  });
}
