/** @module The tail: shoppers go on arriving at a steady rate, for ten minutes unless told otherwise. */

// biome-ignore lint/correctness/noUndeclaredDependencies: a module of the runtime, not of npm
import { scenario } from 'k6/execution';
import { runOf } from './k6-run.ts';
import { visit as whole } from './visit.ts';
import type { SaleFacts } from './watch.ts';

const run = runOf('tail');
const { rate, durationSeconds, visitSeconds, vus } = run.settings;

export const options = run.options({
  visit: {
    executor: 'constant-arrival-rate',
    exec: 'visit',
    rate,
    duration: `${durationSeconds}s`,
    preAllocatedVUs: vus,
    gracefulStop: `${visitSeconds}s`,
  },
});

export const setup = run.setup;

export function visit(facts: SaleFacts): Promise<void> {
  run.arrive();
  return run.play(() => whole(run.player(facts, 'visit', scenario.iterationInTest)));
}

export const handleSummary = run.handleSummary;
