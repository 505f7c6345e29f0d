/** @module Shoppers who were asked to come again: after the second that they were told, and up to half of it more. */

import { TICKS_PER_SECOND } from './tick.ts';

export type ComingAgain = {
  /** So many were refused in this tick. */
  send(shoppers: number): void;
  /** Ends the tick. @returns who comes again in the next one */
  next(): number;
};

/** @param seconds that they were told; the page waits up to half as long again */
export function comingAgain(seconds: number): ComingAgain {
  const soonest = Math.max(1, Math.round(seconds * TICKS_PER_SECOND));
  const spread = Math.max(1, Math.round(soonest / 2));
  const due: number[] = Array.from({ length: soonest + spread + 1 }, () => 0);
  let tick = 0;
  return {
    send(shoppers) {
      for (let late = 0; late < spread; late++) {
        const at = (tick + soonest + late) % due.length;
        due[at] = (due[at] as number) + shoppers / spread;
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
