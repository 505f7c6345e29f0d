/** @module Runs many cases on one stage: prepared side by side, struck one after another, judged together. */

import { orderOf } from '../../domain/order-id.ts';
import { inParallel } from '../../domain/parallel.ts';
import type { CallFault } from '../../local/faults.ts';
import type { Deed, Flow } from './flow.ts';
import { type Ground, groundOn, type Stage } from './ground.ts';
import { struck } from './strike.ts';
import { type Flaw, verdictOn } from './verdict.ts';

/** One run of a flow, with faults. */
export type Case = {
  readonly name: string;
  /** What it is, where its name does not say so. */
  readonly about?: string;
  readonly flow: Flow;
  readonly faults: readonly CallFault[];
};

export type Outcome = {
  readonly name: string;
  /** How many of its faults struck. */
  readonly hits: number;
  readonly ms: number;
  readonly found: readonly string[];
};

/** Cases prepared at once: their orders are struck before they expire. */
const BATCH = 16;
const AT_ONCE = 8;

/** A way that depends on chance is tried again where it led elsewhere. */
const MOST_TRIES = 12;

type Run = {
  readonly one: Case;
  readonly ground: Ground;
  found: string[];
  hits: number;
  ms: number;
  check?: () => Promise<void>;
};

/** Runs cases, and judges all of them after two sweeps. */
export async function runCases(stage: Stage, cases: readonly Case[]): Promise<Outcome[]> {
  const runs: Run[] = [];
  for (const [flow, ones] of Map.groupBy(cases, (one) => one.flow)) {
    for (let from = 0; from < ones.length; from += BATCH) {
      runs.push(...(await runBatch(stage, flow, ones.slice(from, from + BATCH))));
    }
  }
  const flaws = await verdictOn(stage, [
    ...new Set(runs.flatMap(({ ground }) => [...ground.sales])),
  ]);
  for (const flaw of flaws) await blame(stage, runs, flaw);
  for (const run of runs) await attempt(run, async () => run.check?.());
  return runs.map(({ one, hits, ms, found }) => {
    const about = one.about === undefined ? '' : `${one.about}: `;
    return { name: one.name, hits, ms, found: found.map((what) => `${about}${what}`) };
  });
}

async function runBatch(stage: Stage, flow: Flow, cases: readonly Case[]): Promise<Run[]> {
  let left = [...cases];
  const done: Run[] = [];
  for (let tries = 1; left.length > 0; tries++) {
    const runs = await prepared(stage, flow, left);
    left = [];
    for (const { run, act } of runs) {
      const start = performance.now();
      await attempt(run, act);
      run.ms = performance.now() - start;
      const missed = run.hits === 0 && run.found.length === 0 && tries < MOST_TRIES;
      if (missed) left.push(run.one);
      done.push(run);
    }
  }
  return done.filter(
    ({ one, hits, found }, at) =>
      hits > 0 || found.length > 0 || !done.some((later, place) => place > at && later.one === one),
  );
}

async function prepared(stage: Stage, flow: Flow, cases: readonly Case[]) {
  const runs: { run: Run; act: () => Promise<void> }[] = [];
  await inParallel(AT_ONCE, [...cases.entries()], async ([at, one]) => {
    const run: Run = { one, ground: groundOn(stage), found: [], hits: 0, ms: 0 };
    runs[at] = { run, act: async () => {} };
    await attempt(run, async () => {
      const deed = await flow.prepare(run.ground);
      if (deed.check) run.check = deed.check;
      runs[at] = { run, act: () => strike(stage, deed, run) };
    });
  });
  if (flow.ripenMs) await stage.scene.stack.clock.advance(flow.ripenMs);
  return runs;
}

async function strike({ scene }: Stage, deed: Deed, run: Run): Promise<void> {
  const { faults } = run.one;
  const armed = await struck(scene, deed, faults);
  run.hits = armed.filter(({ hits }, at) => hits >= (faults[at]?.times ?? 1)).length;
}

async function attempt(run: Run, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    run.found.push((error as Error).message);
  }
}

/** Whose it is: the case of its own sale, or of its shopper; else all that it may be of are counted. */
async function blame(
  stage: Stage,
  runs: readonly Run[],
  { saleId, id, what }: Flaw,
): Promise<void> {
  const inSale = runs.filter(({ ground }) => saleId === undefined || ground.sales.has(saleId));
  const shopper = await shopperOf(stage, id);
  const own = inSale.filter(({ ground }) => [...ground.shoppers].some(shopper));
  const suspects = own.length > 0 ? own : inSale;
  const shared = suspects.length === 1 ? '' : ` (it may be another of ${suspects.length} cases)`;
  suspects[0]?.found.push(`${id} ${what}${shared}`);
}

/** Tells by their cookies whether an order or an answer is somebody's. */
async function shopperOf({ scene }: Stage, id: string): Promise<(cookie: string) => boolean> {
  if (id.startsWith('fs_session=')) return (cookie) => cookie === id;
  const told = scene.answers.find(({ orderId }) => orderId === id)?.shopper;
  if (told !== undefined) return (cookie) => cookie === told;
  const claim = orderOf(id) && (await scene.claim(id));
  return (cookie) => nameIn(cookie) === claim?.shopper;
}

/** The shopper's id in a session cookie. */
const nameIn = (cookie: string): string =>
  JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString()).u;
