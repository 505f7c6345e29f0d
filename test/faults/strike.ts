/** @module Strikes one call of a deed, and lets virtual time pass where somebody waits for it. */

import type { CallFault, FaultHandle } from '../../local/faults.ts';
import type { Scene } from '../stack/scene.ts';
import type { Deed } from './flow.ts';
import { hurried, TURN_MS } from './hurried.ts';

/** Turns for what happens behind an answer: more than a client tries for. */
const MOST_TURNS = 20;

/** Longer than clients wait before they try again. */
const RECOVERY_MS = 3000;

/**
 * Does a deed while faults are armed, and then again without them, as whoever wanted it does.
 *
 * @returns the armed faults; they say whether they struck
 */
export async function struck(
  scene: Scene,
  deed: Deed,
  faults: readonly CallFault[],
): Promise<readonly FaultHandle[]> {
  const { stack } = scene;
  await stack.settle();
  // What is kept of earlier calls would spare this one some of its own.
  for (const name of new Set(faults.map((fault) => fault.function ?? ''))) stack.kill(name);
  const armed = faults.map((fault) => stack.faults.add(fault));
  try {
    await hurried(scene, deed.act);
    const isDone = () => armed.every(({ hits }, at) => hits >= (faults[at]?.times ?? 1));
    for (let turn = 0; turn < MOST_TURNS && !isDone(); turn++) await stack.clock.advance(TURN_MS);
    if (faults.some(happensBehind)) await stack.clock.advance(RECOVERY_MS);
  } finally {
    for (const one of armed) one.remove();
  }
  await hurried(scene, async () => deed.again?.());
  return armed;
}

/** Nobody waits for the answers of these functions. */
const happensBehind = ({ function: name }: CallFault) => name === 'Record' || name === 'Sweep';
