/** @module The model's part of the proof: every configuration explored to its end, as many at once as there are cores. */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { inParallel } from '../../domain/parallel.ts';
import type { Extent, Part, Row } from '../prove/part.ts';
import type { Configuration } from './configuration.ts';
import { CONFIGURATIONS } from './configurations.ts';
import type { Reply } from './explore-worker.ts';

export const model: Part = {
  name: 'model',
  async run({ full, only = '' }: Extent, report) {
    const chosen = CONFIGURATIONS.filter(
      ({ name, large }) => name.includes(only) && (full || only !== '' || !large),
    );
    await inParallel(availableParallelism(), chosen, async (config) => report(await rowOf(config)));
  },
};

async function rowOf({ name }: Configuration): Promise<Row> {
  const start = performance.now();
  const worker = new Worker(new URL('explore-worker.ts', import.meta.url), { workerData: name });
  const [{ states, trace }] = (await once(worker, 'message')) as [Reply];
  const ms = performance.now() - start;
  const found = trace.length === 0 ? [] : [[...trace, again(name)].join('\n')];
  return { name, explored: states, unit: 'states', ms, found };
}

const again = (name: string): string => `     npm run prove -- model --only "${name}"`;
