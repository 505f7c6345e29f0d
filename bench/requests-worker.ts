/** @module The asking side of a measurement, so that it does not share an event loop with what it measures. */

import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import type { Question } from './requests.ts';

/** Enough to keep a server busy, few enough that they do not wait for each other. */
const CONNECTIONS = 32;

/** Before anything counts: connections are made, code is compiled. */
const WARM_MS = 300;

const { origin, ms, status, method, path, headers } = workerData as Question;
const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });

async function askFor(duration: number): Promise<number> {
  const until = performance.now() + duration;
  let answered = 0;
  const ask = async () => {
    while (performance.now() < until) {
      const answer = await pool.request({ method, path, headers });
      await answer.body.dump();
      if (answer.statusCode !== status) {
        throw new Error(
          `Cannot measure ${path}: answered ${answer.statusCode} in place of ${status}`,
        );
      }
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  return answered;
}

await askFor(WARM_MS);
const began = performance.now();
const answered = await askFor(ms);
parentPort?.postMessage((answered / (performance.now() - began)) * 1000);
await pool.close();
