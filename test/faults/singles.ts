/** @module Single faults: each AWS call of each flow, struck in each way. */

import type { CallFault, PendingCall } from '../../local/faults.ts';
import { type Naming, namingOf } from './calls.ts';
import type { Case } from './cases.ts';
import type { Flow } from './flow.ts';
import { type Ground, groundOn, type Stage } from './ground.ts';
import { hurried } from './hurried.ts';
import { KINDS, type Kind, kindsOf } from './kinds.ts';

/** One call of one way through the functions, struck in one way. */
export type Single = {
  readonly name: string;
  readonly flow: Flow;
  readonly function: string;
  readonly step: string;
  /** Which of the calls of that step, from 1. */
  readonly nth: number;
  readonly kind: Kind;
};

/** One call of a dry run. */
type Seen = Pick<Single, 'function' | 'step' | 'nth'> & {
  readonly call: PendingCall;
  readonly touched: readonly string[];
};

/** A flow, and the calls that it makes when nothing goes wrong. */
export type Explored = {
  readonly flow: Flow;
  readonly seen: readonly Seen[];
  readonly sales: readonly string[];
};

/** Functions that have been asked nothing yet make all calls that they ever make. */
export const FUNCTIONS = [
  'Session',
  'Status',
  'Buy',
  'Order',
  'Payment',
  'Record',
  'Open',
  'Sweep',
  'Close',
  'Operate',
  'Reconcile',
  'Note',
  'Import',
];

/** Runs a flow without a fault, and takes its calls down. */
export async function explore(stage: Stage, flow: Flow): Promise<Explored> {
  const sales: string[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const ground = groundOn(stage);
    const seen = numbered(namingOf(stage.scene), await callsOf(ground, flow));
    sales.push(...ground.sales);
    if (seen.some(({ step }) => step.includes(flow.reaches ?? ''))) return { flow, seen, sales };
  }
  throw new Error(`Cannot explore "${flow.name}": it never came to "${flow.reaches}"`);
}

/** Runs of a flow that depends on chance. */
const MOST_TRIES = 30;

async function callsOf(ground: Ground, flow: Flow): Promise<PendingCall[]> {
  const { scene } = ground;
  const { stack } = scene;
  const deed = await flow.prepare(ground);
  if (flow.ripenMs) await stack.clock.advance(flow.ripenMs);
  await stack.settle();
  for (const name of FUNCTIONS) stack.kill(name);
  const calls: PendingCall[] = [];
  const noted = (call: PendingCall) => {
    calls.push(call);
    return false;
  };
  const spy = stack.faults.add({ action: 'delay', when: noted });
  await hurried(scene, deed.act);
  await stack.settle();
  spy.remove();
  await deed.again?.();
  await deed.check?.();
  return calls;
}

function numbered(naming: Naming, calls: readonly PendingCall[]): Seen[] {
  const counts = new Map<string, number>();
  return calls.map((call) => {
    const step = naming.step(call);
    const key = `${call.function} ${step}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return { function: call.function, step, nth, call, touched: naming.touched(call) };
  });
}

/** Every single fault of a flow. */
export const singlesOf = ({ flow, seen }: Explored): Single[] =>
  seen.flatMap(({ call, touched: _, ...one }) =>
    kindsOf(call.operation).map((kind) => ({
      ...one,
      ...{ flow, kind, name: `${one.function}, ${flow.name}: ${one.step} #${one.nth} ${kind}` },
    })),
  );

/** Of all single faults those that strike each step of each function in each way once, on each variant of stock. */
export function oneOfEach(singles: readonly Single[]): Single[] {
  const firsts = new Map<string, Single>();
  for (const one of singles) {
    const key = `${one.function} ${one.step} ${one.kind} ${one.flow.variant ?? ''}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()];
}

/** The fault as the stack takes it. */
export function faultOf({ function: name, step, nth, kind }: Single, naming: Naming): CallFault {
  const { action, times } = KINDS[kind];
  return { function: name, action, times, nth, when: (call) => naming.step(call) === step };
}

/** A single fault as a case. */
export const caseOf = ({ scene }: Stage, one: Single): Case => ({
  name: one.name,
  flow: one.flow,
  faults: [faultOf(one, namingOf(scene))],
});
