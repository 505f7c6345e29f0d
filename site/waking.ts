/** @module The page wakes up: somebody looks again, the connection is back, or the machine slept. Waits end early then. */

import type { ServerClock } from './server-clock.ts';
import { jittered } from './waiting.ts';

const listeners = new Set<() => void>();

/** Clocks drift, and phones sleep. */
const SYNC_EVERY_MS = 60_000;

/** How soon a page that knows no time asks again. */
const RETRY_MS = 2000;

/** A timer that is due every second and comes this late was held up by sleep. */
const SLEPT_MS = 5000;

/** Ends all waits: the shopper has done what they were for. */
export function wake(): void {
  for (const run of [...listeners]) run();
}

/** Resolves at the next waking, and after a time, if one is given, in any case. */
export const pause = (ms?: number): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      listeners.delete(end);
      done();
    };
    const timer = ms === undefined ? undefined : setTimeout(end, ms);
    listeners.add(end);
  });

/** Resolves at once while the page is visible, else when it becomes so. */
export async function visible(): Promise<void> {
  while (document.visibilityState !== 'visible') await pause();
}

/** Begins to notice. */
export function watchForWaking(): void {
  const look = () => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('online', look);
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (Math.abs(now - last) > SLEPT_MS) look();
    last = now;
  }, 1000);
}

/** Sets a clock for the first time, however long that takes, and keeps it right from then on. */
export async function keepRight(clock: ServerClock): Promise<void> {
  while (!(await clock.sync())) await pause(jittered(RETRY_MS));
  setInterval(() => void clock.sync(), SYNC_EVERY_MS);
  listeners.add(() => void clock.sync());
}
