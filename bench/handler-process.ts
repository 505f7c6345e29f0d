/**
 * @module
 * A process that has loaded one bundle and nothing else, as an environment of Lambda: it runs one request after the
 * other, and tells what they cost of the processor, all threads together.
 */

import { createRequire } from 'node:module';
import { serve } from './remote.ts';

/** Requests that are made again and again for so long, and at least once. All must be answered with the status. */
export type Order = {
  readonly events: readonly object[];
  readonly ms: number;
  readonly status: number;
};

/** How many calls there were, what all of them together took of the processor, in µs, and each of them by the clock, in ms. */
export type Report = {
  readonly calls: number;
  readonly micros: number;
  readonly tookMs: readonly number[];
};

type Handler = (event: object, context: object) => Promise<{ readonly statusCode: number }>;

const load = createRequire(import.meta.url);

const micros = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};

const before = process.cpuUsage();
const { handler } = load(process.argv[2] ?? '') as { readonly handler: Handler };
const loadMicros = micros(before);

const offer = { loadMicros: () => loadMicros, run, async stop() {} };

export type HandlerProcess = typeof offer;

serve(offer);

async function run({ events, ms, status }: Order): Promise<Report> {
  const began = process.cpuUsage();
  const until = performance.now() + ms;
  const tookMs: number[] = [];
  let now = performance.now();
  do {
    const answer = await handler(events[tookMs.length % events.length] ?? {}, {});
    if (answer.statusCode !== status) {
      throw new Error(`Cannot measure: answered ${JSON.stringify(answer)} in place of ${status}`);
    }
    const before = now;
    now = performance.now();
    tookMs.push(now - before);
  } while (now < until);
  return { calls: tookMs.length, micros: micros(began), tookMs };
}
