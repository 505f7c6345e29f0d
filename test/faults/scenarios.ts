/** @module Scenarios, run one after another on one stage, each with sales of its own, and judged together. */

import type { Outcome } from './cases.ts';
import { type Ground, groundOn, type Stage } from './ground.ts';
import { verdictOn } from './verdict.ts';

export type Scenario = {
  readonly name: string;
  /** Runs it. @returns how often its faults struck */
  run(ground: Ground): Promise<number>;
  /** Bodies of messages that must end in a dead-letter queue. */
  readonly poison?: readonly string[];
};

type Run = Outcome & { readonly sales: ReadonlySet<string>; readonly found: string[] };

/** Runs them, and judges what they left after two sweeps. */
export async function runScenarios(
  stage: Stage,
  scenarios: readonly Scenario[],
): Promise<Outcome[]> {
  const runs: Run[] = [];
  for (const scenario of scenarios) runs.push(await runOne(stage, scenario));
  const sales = runs.flatMap((run) => [...run.sales]);
  const poison = scenarios.flatMap((one) => one.poison ?? []);
  for (const { saleId, id, what } of await verdictOn(stage, sales, poison)) {
    // What is in no sale, such as a message, is told of by the first: nobody knows whose it is.
    const run = runs.find((one) => saleId !== undefined && one.sales.has(saleId)) ?? runs[0];
    run?.found.push(`${id} ${what}`);
  }
  return runs;
}

async function runOne(stage: Stage, { name, run }: Scenario): Promise<Run> {
  const ground = groundOn(stage);
  const found: string[] = [];
  const start = performance.now();
  let hits = 0;
  try {
    hits = await run(ground);
  } catch (error) {
    found.push((error as Error).message);
  }
  const { stack } = stage.scene;
  stack.faults.clear();
  for (const fn of Object.keys(stack.requests.functions)) stack.skew(fn, 0);
  return { name, hits, found, ms: performance.now() - start, sales: ground.sales };
}
