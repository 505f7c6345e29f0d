/**
 * @module
 * Cuts functions short at each of their AWS calls, and looks whether the promises hold after the next sweeps.
 */

import { expect } from '@jest/globals';
import { inParallel } from '../../domain/parallel.ts';
import type { CallFault } from '../../local/faults.ts';
import { type Deed, type Flow, ROOMY } from './kill-flows.ts';
import { type Scene, SWEPT_MS, startScene } from './scene.ts';

const ACTIONS = ['kill-before', 'kill-after', 'error-after', 'throttle'] as const;

/** A stack for it, with the sale that flows share. */
export async function startKillScene(): Promise<Scene> {
  const now = Date.now();
  // Over soon: nobody buys in it, and each sweep of it costs time.
  const idle = { id: 'idle', closesAt: now + 8000, paymentWindow: 60 };
  const scene = await startScene(idle, { requestsPerEnvironment: 1 });
  await scene.publishBare({ ...ROOMY, closesAt: now + 20 * 3_600_000 });
  await scene.open();
  await scene.stack.invoke('Open', { saleId: ROOMY.id });
  return scene;
}

/** Cuts a flow short in every way, and expects that all is well in the end. */
export async function expectToSurvive(scene: Scene, flow: Flow): Promise<void> {
  const dry = await flow.prepare(scene, 0);
  await flow.ripen?.(scene);
  const calls = await callsOf(scene, flow, dry);
  expect(calls.length).toBeGreaterThan(2);
  const faults = faultsOf(flow, calls);
  const deeds: Deed[] = [];
  await inParallel(8, [...faults.keys()], async (at) => {
    deeds[at] = await flow.prepare(scene, at + 1);
  });
  await flow.ripen?.(scene);
  const missed: CallFault[] = [];
  for (const [at, fault] of faults.entries()) {
    if (!(await cutShort(scene, deeds[at]!, fault))) missed.push(fault);
  }
  expect(missed).toEqual([]);
  await expectPromises(scene, [...new Set([dry, ...deeds].map(({ saleId }) => saleId))]);
}

/** A read whose answer is lost is no other case than one that is refused. */
const READ = /^(Get|BatchGet|Query)/;

function faultsOf({ fn, sparse = 1 }: Flow, calls: readonly string[]): CallFault[] {
  const all = calls.map((operation, index) => ({ nth: index + 1, isRead: READ.test(operation) }));
  const hit = {
    'kill-before': all,
    'kill-after': all,
    'error-after': all.filter(({ isRead }) => !isRead),
    throttle: all.filter(({ nth }) => nth % sparse === 0),
  };
  return ACTIONS.flatMap((action) => hit[action].map(({ nth }) => ({ action, nth, function: fn })));
}

async function expectPromises(scene: Scene, sales: readonly string[]): Promise<void> {
  const { stack, sandbox } = scene;
  await sandbox.settled();
  await stack.clock.advance(SWEPT_MS);
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    await inParallel(8, sales, async (saleId) => void (await stack.invoke('Sweep', { saleId })));
    await stack.settle();
  }
  const broken: object[] = [];
  await inParallel(8, sales, async (saleId) => {
    broken.push(await scene.broken(saleId, true));
  });
  expect(broken.filter((one) => Object.keys(one).length > 0)).toEqual([]);
  expect(sandbox.undelivered()).toEqual([]);
  expect(await unsettledPayments(scene)).toEqual([]);
}

/** The AWS calls that a deed takes in a fresh environment. */
async function callsOf(scene: Scene, { fn }: Flow, deed: Deed): Promise<string[]> {
  const { calls } = scene.stack;
  await afresh(scene, fn);
  calls.records.length = 0;
  calls.recording = true;
  await deed.act();
  await scene.stack.settle();
  calls.recording = false;
  return calls.records.filter((one) => one.function === fn).map(({ operation }) => operation);
}

/** Ends what is kept of earlier calls, so that each case makes the same ones. */
async function afresh({ stack }: Scene, fn: string) {
  if (fn === 'Record') await stack.settle();
  stack.kill(fn);
}

/** Lets time pass meanwhile: clients wait before they try again. */
async function hurried<T>({ stack: { clock } }: Scene, run: () => Promise<T>): Promise<T> {
  const running = run();
  let isDone = false;
  void running.finally(() => {
    isDone = true;
  });
  for (let turn = 0; !isDone; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    if (turn > 3 && !isDone) await clock.advance(250);
  }
  return running;
}

/** @returns whether the fault struck */
async function cutShort(scene: Scene, deed: Deed, fault: CallFault): Promise<boolean> {
  await afresh(scene, fault.function ?? '');
  const armed = scene.stack.faults.add(fault);
  await hurried(scene, deed.act);
  if (fault.function === 'Record') await scene.stack.settle();
  armed.remove();
  await deed.again?.();
  return armed.hits > 0;
}

/** Payments whose money neither bought something nor went back, or did both. */
async function unsettledPayments(scene: Scene): Promise<string[]> {
  const { payments, refunds } = scene.sandbox.statement();
  const found = await Promise.all(
    payments.map(async ({ reference, orderId }) => {
      const paid = (await scene.claim(orderId))?.payment === reference ? 1 : 0;
      return { reference, ends: paid + refunds.filter((r) => r.reference === reference).length };
    }),
  );
  return found.filter(({ ends }) => ends !== 1).map(({ reference }) => reference);
}
