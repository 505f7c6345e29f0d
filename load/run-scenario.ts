/** @module Sends a crowd through a sale that runs here, lets payment windows pass, and audits what is left. */

import { costOf } from './cost.ts';
import type { CrowdPlan, Progress } from './crowd.ts';
import { type CrowdThread, startCrowd } from './crowd-thread.ts';
import type { Place } from './place.ts';
import { type Effort, effortOf, type Report, reportOf } from './report.ts';
import type { Scenario } from './scenarios.ts';
import { between, tallyOf } from './usage.ts';

export type RunOptions = {
  readonly seed?: number;
  /** How many requests may be under way at once. */
  readonly connections?: number;
  /** How long a shopper keeps trying, in ms. */
  readonly patienceMs?: number;
  /** How much of the time before the opening is waited for, in ms. */
  readonly headStartMs?: number;
  /** Whether faults kill functions meanwhile: then "sold out" may be stale for 3 minutes. */
  readonly crashed?: boolean;
  /** How the sale differs from its file, a line each. */
  readonly eased?: readonly string[];
  readonly onProgress?: (progress: Progress) => void;
};

/** Fewer than a crowd of browsers has; enough to keep a machine busy. */
export const CONNECTIONS = 96;

/** Real time: longer than any crowd that one machine can serve takes. */
export const PATIENCE_MS = 30_000;

/** How far ahead of its opening a sale is best published: the opening schedule fires two minutes early. */
export const OPENS_IN_MS = 180_000;

/** The crowd waits for the last piece, as crowds do; what is before it is skipped. */
const HEAD_START_MS = 1_500;

/** The grace after a payment window, two periods of the sweep, and time for the records to follow. */
const SWEPT_AFTER_MS = 4 * 60_000;

/**
 * Runs a scenario.
 *
 * @param place Where the scenario's sale is published and has not opened yet; see {@link OPENS_IN_MS}.
 */
export async function runScenario(
  scenario: Scenario,
  place: Place,
  options: RunOptions = {},
): Promise<Report> {
  const restocking = restockOnce(scenario, place);
  const crowd = startCrowd(planOf(scenario, place, options), (progress) => {
    restocking.look(progress);
    options.onProgress?.(progress);
  });
  try {
    const before = { calls: place.stack.calls.snapshot(), tally: tallyOf(place.stack.requests) };
    await crowd.act('arrive');
    await skipTo(place, place.sale.opensAt - (options.headStartMs ?? HEAD_START_MS));
    const win = await oneWin(place, crowd);
    await crowd.act('buy');
    await restocking.done();
    const reject = await oneReject(place, crowd);
    await letWindowsPass(place);
    if (scenario.again) {
      await crowd.act('again');
      await letWindowsPass(place);
    }
    const log = await crowd.log();
    const verdict = await place.audit(log.answers, options.crashed ?? false);
    const calls = place.stack.calls.since(before.calls);
    const tally = between(before.tally, tallyOf(place.stack.requests));
    const cost = costOf({ ...tally, calls, traffic: log.traffic });
    const { shoppers } = scenario.habits;
    const { eased = [] } = options;
    return reportOf({ shoppers, eased, log, verdict, win, reject, calls, cost });
  } finally {
    await crowd.close();
  }
}

function planOf({ habits }: Scenario, { stack, sale }: Place, options: RunOptions): CrowdPlan {
  return {
    url: stack.siteUrl,
    saleId: sale.id,
    opensAt: sale.opensAt,
    products: sale.items.map(({ sku, limit }) => ({ sku, limit })),
    habits: { seed: options.seed ?? 1, ...habits },
    connections: options.connections ?? CONNECTIONS,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  };
}

async function skipTo({ stack: { clock } }: Place, instant: number): Promise<void> {
  const ahead = instant - clock.now();
  if (ahead > 0) await clock.advance(ahead);
}

const letWindowsPass = ({ stack, sale }: Place): Promise<void> =>
  stack.clock.advance(sale.paymentWindow * 1000 + SWEPT_AFTER_MS);

/** What a buy costs that nobody is beside, and its record. */
async function oneWin({ stack }: Place, crowd: CrowdThread): Promise<Effort | 'not-seen'> {
  await crowd.act('first');
  await stack.settle();
  const { answers } = await crowd.log();
  const before = stack.calls.snapshot();
  await crowd.act('second');
  await stack.settle();
  const [answer, ...more] = (await crowd.log()).answers.slice(answers.length);
  return answer?.status === 201 && more.length === 0
    ? effortOf(stack.calls.since(before).filter(({ function: name }) => WINNING.has(name)))
    : 'not-seen';
}

/** The functions that a win takes. */
const WINNING = new Set(['Buy', 'Record']);

/** What a buy after "sold out" costs: the average of some in a row, for what is read is kept for a second. */
async function oneReject({ stack }: Place, crowd: CrowdThread): Promise<Effort | 'not-seen'> {
  await stack.settle();
  const { answers } = await crowd.log();
  const before = stack.calls.snapshot();
  await crowd.act('ask-on');
  const asked = (await crowd.log()).answers.slice(answers.length);
  const isReject = asked.length > 0 && asked.every(({ code }) => code === 'sold-out');
  const calls = stack.calls.since(before).filter(({ function: name }) => name === 'Buy');
  return isReject ? effortOf(calls, asked.length) : 'not-seen';
}

/** Restocks in the middle of the crowd, once. */
function restockOnce({ restock }: Scenario, place: Place) {
  let restocked: Promise<unknown> | undefined;
  return {
    look: ({ orders }: Progress) => {
      if (restock === undefined || restocked !== undefined || orders < restock.atOrders) return;
      restocked = place.restock(restock.units);
      // Awaited by whoever asks whether it is done; until then no failure goes unhandled.
      restocked.catch(() => {});
    },
    done: async () => {
      if (restock !== undefined && restocked === undefined) {
        throw new Error(`Cannot restock: fewer than ${restock.atOrders} orders were granted`);
      }
      await restocked;
    },
  };
}
