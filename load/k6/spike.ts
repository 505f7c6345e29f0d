/** @module The spike: all shoppers arrive within a second or two of the opening, each once. */

// biome-ignore lint/correctness/noUndeclaredDependencies: a module of the runtime, not of npm
import { scenario } from 'k6/execution';
import { sleep } from '../patience.ts';
import { randomFor } from '../random.ts';
import { runOf } from './k6-run.ts';
import { visit as whole } from './visit.ts';
import type { SaleFacts } from './watch.ts';

const run = runOf('spike');
const { shoppers, arriveSeconds, visitSeconds, seed } = run.settings;

/** When a shopper arrives has nothing to do with what it wants. */
const ARRIVAL_SEED = 0xa221;

export const options = run.options({
  visit: {
    executor: 'per-vu-iterations',
    exec: 'visit',
    vus: shoppers,
    iterations: 1,
    maxDuration: `${Math.ceil(arriveSeconds + visitSeconds)}s`,
  },
});

export const setup = run.setup;

export async function visit(facts: SaleFacts): Promise<void> {
  const index = scenario.iterationInTest;
  const arrival =
    scenario.startTime + randomFor(seed ^ ARRIVAL_SEED, index)() * arriveSeconds * 1000;
  await sleep(arrival - Date.now());
  run.arrive();
  await run.play(() => whole(run.player(facts, 'visit', index)));
}

export const handleSummary = run.handleSummary;
