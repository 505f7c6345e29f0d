/**
 * @module
 * Faults on the bundled code: functions as they are deployed, on the local stack, struck at each AWS call that they
 * make, by queues, by Scheduler, by wrong clocks, by edges that are behind. Then two sweeps run, and the audit judges.
 */

import type { Extent, Part, Row } from '../prove/part.ts';
import { type Outcome, runCases } from './cases.ts';
import { CLOCK_SCENARIOS } from './clocks.ts';
import { differences } from './documented-calls.ts';
import { BEHIND_MS, EDGE_SCENARIOS } from './edge.ts';
import { FLOWS } from './flows.ts';
import { type Stage, startStage } from './ground.ts';
import { pairsOf } from './pairs.ts';
import { QUEUE_SCENARIOS } from './queues.ts';
import { runScenarios, type Scenario } from './scenarios.ts';
import { runSchedules, SCHEDULE_PLANS } from './schedules.ts';
import { caseOf, type Explored, explore, oneOfEach, type Single, singlesOf } from './singles.ts';
import { storm } from './storms.ts';

/** How many are made up by the seed: a minute's worth, or half an hour's. */
const PAIRS = { bounded: 40, full: 600 };
const STORMS = { bounded: 6, full: 80 };

type Report = (row: Row) => void;

export const faults: Part = {
  name: 'faults',
  async run(extent, report) {
    const stage = await startStage();
    try {
      await singlesAndPairs(stage, extent, report);
      await scenarios(stage, 'queues', QUEUE_SCENARIOS, extent, report);
      await schedules(stage, extent, report);
      await scenarios(stage, 'clocks half a minute wrong', CLOCK_SCENARIOS, extent, report);
      await scenarios(stage, 'storms', storms(extent), extent, report);
    } finally {
      await stopped(stage, report);
    }
    await edges(extent, report);
  },
};

/** The names of all single faults, in order. */
export async function listFaults(): Promise<readonly string[]> {
  const stage = await startStage();
  try {
    const { explored } = await exploreAll(stage);
    return explored.flatMap(singlesOf).map(({ name }) => name);
  } finally {
    await stage.stop();
  }
}

/** What a part of a name chooses; a whole name chooses nothing else. */
function chosen<T extends { readonly name: string }>(from: readonly T[], only: string | undefined) {
  const exact = from.filter(({ name }) => name === only);
  return exact.length > 0 ? exact : from.filter(({ name }) => name.includes(only ?? ''));
}

/** Ways that were walked without a fault, and those where already that went wrong. */
type Walked = { readonly explored: readonly Explored[]; readonly found: readonly string[] };

async function exploreAll(stage: Stage, only?: string): Promise<Walked> {
  // A name says which flow it is in: then no other need be explored.
  const named = FLOWS.filter(({ name }) => only?.includes(`${name}:`));
  const explored: Explored[] = [];
  const found: string[] = [];
  for (const flow of named.length > 0 ? named : FLOWS) {
    try {
      explored.push(await explore(stage, flow));
    } catch (error) {
      found.push(`${flow.name}, without any fault: ${(error as Error).message}`);
    }
  }
  return { explored, found };
}

/** Whether a name is that of something else than a single fault or a pair. */
const isElsewhere = ({ only }: Extent): boolean =>
  only !== undefined &&
  [
    ...QUEUE_SCENARIOS,
    ...CLOCK_SCENARIOS,
    ...EDGE_SCENARIOS,
    ...SCHEDULE_PLANS,
    { name: 'storm' },
  ].some(({ name }) => only.startsWith(name));

async function singlesAndPairs(stage: Stage, extent: Extent, report: Report): Promise<void> {
  if (isElsewhere(extent)) return;
  const { explored, found } = await exploreAll(stage, extent.only);
  const walked = { explored: explored.length + found.length, unit: 'flows', ms: 0, found };
  report({ name: 'ways through the functions, without a fault', ...walked });
  if (extent.only === undefined) report(crossCheck(explored));
  const all = explored.flatMap(singlesOf);
  // Whoever names one means it, be it in the bounded part or not.
  const everything = extent.full || extent.only !== undefined;
  const singles = chosen(everything ? all : oneOfEach(all), extent.only);
  const outcomes = await runSingles(stage, singles);
  const byFunction = Map.groupBy(outcomes, ({ name }) => name.split(',', 1)[0] ?? '');
  for (const [fn, ones] of byFunction)
    report(rowOf(`single faults of ${fn}`, 'faults', ones, extent));
  const pairs = await runCases(
    stage,
    chosen(pairsOf(stage, explored, extent.seed, pairCount(extent)), extent.only),
  );
  // The second fault of a pair comes to nothing where the first has left no call for it.
  const both = pairs.filter(({ hits, found }) => hits === 2 || found.length > 0);
  if (pairs.length > 0) report(rowOf('pairs of faults', 'pairs', both, extent));
}

/** Single faults on one stack: what it keeps of them fills its memory. */
const MOST_ON_STAGE = 800;

/** The first of them on the stage that is there, the others on stages of their own. */
async function runSingles(first: Stage, singles: readonly Single[]): Promise<Outcome[]> {
  const run = (stage: Stage, from: number) =>
    runCases(
      stage,
      singles.slice(from, from + MOST_ON_STAGE).map((one) => caseOf(stage, one)),
    );
  const outcomes = await run(first, 0);
  for (let from = MOST_ON_STAGE; from < singles.length; from += MOST_ON_STAGE) {
    const stage = await startStage();
    try {
      outcomes.push(...(await run(stage, from)));
    } finally {
      await stage.stop();
    }
  }
  return outcomes;
}

const pairCount = ({ full, only }: Extent): number =>
  full || only !== undefined ? PAIRS.full : PAIRS.bounded;

function crossCheck(explored: readonly Explored[]): Row {
  const made = new Set(explored.flatMap(({ seen }) => seen.flatMap(({ touched }) => touched)));
  const found = differences(made).map((one) => `docs/architecture.md: ${one}`);
  return {
    name: 'calls, against the table of functions',
    explored: made.size,
    unit: 'calls',
    ms: 0,
    found,
  };
}

async function scenarios(
  stage: Stage,
  name: string,
  all: readonly Scenario[],
  extent: Extent,
  report: Report,
): Promise<void> {
  const wanted = chosen(all, extent.only);
  if (wanted.length === 0) return;
  report(rowOf(name, 'scenarios', await runScenarios(stage, wanted), extent));
}

function storms({ seed, full, only }: Extent): Scenario[] {
  const count = full || only !== undefined ? STORMS.full : STORMS.bounded;
  return Array.from({ length: count }, (_, number) => storm(seed, number + 1));
}

async function schedules(stage: Stage, extent: Extent, report: Report): Promise<void> {
  const plans = chosen(SCHEDULE_PLANS, extent.only);
  if (plans.length === 0) return;
  report(rowOf('Scheduler', 'scenarios', await runSchedules(stage, plans), extent));
}

/** A stack of its own: how far its edges are behind is decided at its start. */
async function edges(extent: Extent, report: Report): Promise<void> {
  if (chosen(EDGE_SCENARIOS, extent.only).length === 0) return;
  const stage = await startStage({ keyValueStoreDelayMs: BEHIND_MS });
  try {
    await scenarios(stage, 'edges half a minute behind', EDGE_SCENARIOS, extent, report);
  } finally {
    await stage.stop();
  }
}

/** The stack's end validates all domain events. */
async function stopped(stage: Stage, report: Report): Promise<void> {
  const explored = stage.scene.stack.events.length;
  const start = performance.now();
  const found: string[] = [];
  await stage.stop().catch((error: Error) => found.push(error.message));
  report({
    name: 'domain events, against their schemas',
    explored,
    unit: 'events',
    ms: performance.now() - start,
    found,
  });
}

function rowOf(name: string, unit: string, outcomes: readonly Outcome[], { seed }: Extent): Row {
  const found = outcomes.flatMap((one) => {
    const again = `again: npm run prove -- faults --seed ${seed} --only "${one.name}"`;
    const missed = one.hits < 1 ? ['it did not strike'] : [];
    return [...one.found, ...missed].map((what) => `${one.name}: ${what}; ${again}`);
  });
  const ms = outcomes.reduce((sum, one) => sum + one.ms, 0);
  return { name, unit, found, ms, explored: outcomes.length };
}
