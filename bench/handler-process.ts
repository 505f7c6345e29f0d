/**
 * @module
 * A process that has loaded one bundle and nothing else, as an environment of Lambda: it runs one request after the
 * other, and tells what they cost of the processor, all threads together.
 */

import { createRequire } from 'node:module';
import type { Order, Report } from './handler-runs.ts';

type Handler = (event: object, context: object) => Promise<{ readonly statusCode: number }>;

const load = createRequire(import.meta.url);

const micros = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};

const before = process.cpuUsage();
const { handler } = load(process.argv[2] ?? '') as { readonly handler: Handler };
report({ calls: 1, micros: micros(before), tookMs: [] });

process.on('message', async (order: Order) => report(await run(order)));

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

function report(seen: Report): void {
  process.send?.(seen);
}
