/** @module Openings, sweeps and closings that come late, twice, or not at all: sales beside each other, in one time. */

import type { FaultHandle, ScheduleFault } from '../../local/faults.ts';
import { MINUTE_MS } from '../stack/scene.ts';
import type { Outcome } from './cases.ts';
import { expected, ordered } from './flow.ts';
import { type Ground, groundOn, insist, publishWhole, type Selling, type Stage } from './ground.ts';
import { verdictOn } from './verdict.ts';

const OPEN_MS = 15 * MINUTE_MS;
const LATE_MS = 10 * MINUTE_MS;

type Plan = {
  readonly name: string;
  readonly of: 'open' | 'sweep' | 'close';
  readonly fault: Omit<ScheduleFault, 'schedule'>;
};

const ways = (of: Plan['of']): readonly Plan[] => [
  { name: `${of} late`, of, fault: { action: 'late', ms: LATE_MS } },
  { name: `${of} twice`, of, fault: { action: 'twice' } },
  // A sweep that never came again would be another promise: it stays away for twenty minutes.
  { name: `${of} never`, of, fault: { action: 'never', ...(of === 'sweep' && { times: 20 }) } },
];

export const SCHEDULE_PLANS: readonly Plan[] = [
  ...ways('open'),
  ...ways('sweep'),
  ...ways('close'),
];

type Run = Outcome & {
  readonly found: string[];
  readonly plan: Plan;
  readonly ground: Ground;
  readonly sale: Selling & { readonly closesAt: number };
  readonly armed: FaultHandle;
};

/** Runs all sales in one stretch of time, from before their opening until sweeping has ended. */
export async function runSchedules(stage: Stage, plans: readonly Plan[]): Promise<Outcome[]> {
  const { clock } = stage.scene.stack;
  const start = performance.now();
  const opensAt = clock.now() + 5000 + 500 * plans.length;
  const runs: Run[] = [];
  for (const plan of plans) runs.push(await published(stage, plan, opensAt));
  await clock.advance(opensAt - clock.now() + 1000);
  await each(runs, doors);
  await each(runs, crowd);
  await clock.advance(LATE_MS);
  await each(runs, lateDoors);
  await clock.advance(opensAt + OPEN_MS - clock.now() + 1000);
  await each(runs, shut);
  // Until the last payment could buy again, and what was late has come.
  await clock.advance(36 * MINUTE_MS + LATE_MS + 20 * MINUTE_MS);
  const ms = (performance.now() - start) / plans.length;
  const flaws = await verdictOn(
    stage,
    runs.map(({ sale }) => sale.id),
  );
  for (const { saleId, id, what } of flaws) {
    (runs.find(({ sale }) => sale.id === saleId) ?? runs[0])?.found.push(`${id} ${what}`);
  }
  return runs.map(({ name, found, armed }) => ({ name, found, ms, hits: armed.hits }));
}

async function published(stage: Stage, plan: Plan, opensAt: number): Promise<Run> {
  const times = { opensAt, closesAt: opensAt + OPEN_MS };
  const sale = await publishWhole(stage, { ...times, paymentWindow: 60, items: [{ units: 4 }] });
  const armed = stage.scene.stack.faults.add({ schedule: `${sale.id}-${plan.of}`, ...plan.fault });
  const { name } = plan;
  return { ...{ name, plan, sale, armed, ground: groundOn(stage) }, hits: 0, ms: 0, found: [] };
}

async function each(runs: readonly Run[], act: (run: Run) => Promise<void>): Promise<void> {
  for (const run of runs) {
    try {
      await act(run);
    } catch (error) {
      run.found.push((error as Error).message);
    }
  }
}

/** The way in is known where the opening came. */
async function doors({ plan, sale, ground }: Run): Promise<void> {
  const isOpen = plan.of !== 'open' || plan.fault.action === 'twice';
  const key = await ground.scene.doorKey(sale.id);
  expected((key !== undefined) === isOpen, `"${plan.name}" shows ${isOpen ? 'the' : 'no'} way in`);
}

/** One pays, one cancels, one leaves. Where there is no way in they stay outside. */
async function crowd({ plan, sale, ground }: Run): Promise<void> {
  if (plan.of === 'open' && plan.fault.action !== 'twice') return;
  const { scene } = ground;
  const payer = await ordered(ground, sale);
  await scene.pay(await payer.shopper.token(payer.orderId));
  const canceller = await ordered(ground, sale);
  await insist(ground, () => canceller.shopper.cancel(canceller.orderId), 200);
  await ordered(ground, sale);
}

/** The opening that was late has come; the one that never comes has not. */
async function lateDoors({ plan, sale, ground }: Run): Promise<void> {
  if (plan.of !== 'open') return;
  const key = await ground.scene.doorKey(sale.id);
  expected((key === undefined) === (plan.fault.action === 'never'), `"${plan.name}" opens`);
  if (key === undefined) return;
  await ordered(ground, sale);
}

/** The clock closes, whether or not the closing came. */
async function shut({ sale, ground }: Run): Promise<void> {
  const { id, doorKey } = sale;
  const shopper = await ground.enter();
  await insist(ground, () => shopper.buy(id, { doorKey, ticket: 'none' }), 410);
}
