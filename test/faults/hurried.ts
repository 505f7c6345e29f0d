/** @module Virtual time that passes as long as somebody waits for nothing but that. */

import type { Scene } from '../stack/scene.ts';

/** How far the clock is turned on at a time while somebody waits: less than any client's patience. */
export const TURN_MS = 250;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs something, and lets time pass as long as it waits for nothing but that. */
export async function hurried<T>({ stack }: Scene, run: () => Promise<T>): Promise<T> {
  const running = run();
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  running.then(end, end);
  for (let turn = 0; !isDone; turn++) {
    // An answer may be on its way back to the client.
    await pause(turn < 4 ? 2 : 4);
    if (turn >= 4 && !isDone) await stack.clock.advance(TURN_MS);
  }
  return running;
}
