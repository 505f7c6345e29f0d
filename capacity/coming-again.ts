/** @module Shoppers who were asked to come again: after the second that they were told, and up to half of it more. */

import { TICK, TICKS_PER_SECOND } from './tick.ts';

/** What was asked for in vain is asked for again after a second: what every refusal says. */
const AGAIN_AFTER_SECONDS = 1;

const SOONEST = Math.round(AGAIN_AFTER_SECONDS * TICKS_PER_SECOND);

/** The page waits up to half as long again: after so many ticks, each as likely as another. */
export const AGAIN_TICKS: readonly number[] = Array.from(
  { length: SOONEST / 2 },
  (_, late) => SOONEST + late,
);

/** How long somebody who is refused waits, on average. */
export const MEAN_AGAIN_SECONDS =
  (AGAIN_TICKS.reduce((sum, ticks) => sum + ticks, 0) / AGAIN_TICKS.length) * TICK;

export type ComingAgain = {
  /** So many were refused in this tick. */
  send(shoppers: number): void;
  /** Ends the tick. @returns who comes again in the next one */
  next(): number;
};

export function comingAgain(): ComingAgain {
  const due: number[] = Array.from({ length: Math.max(...AGAIN_TICKS) + 1 }, () => 0);
  let tick = 0;
  return {
    send(shoppers) {
      for (const ticks of AGAIN_TICKS) {
        const at = (tick + ticks) % due.length;
        due[at] = (due[at] as number) + shoppers / AGAIN_TICKS.length;
      }
    },
    next() {
      tick++;
      const at = tick % due.length;
      const now = due[at] as number;
      due[at] = 0;
      return now;
    },
  };
}
