/** @module Who is there, and whose slot has come: two shares of the crowd that know nothing of each other. */

import type { Habits } from './habits.ts';

/** Share of the crowd that has come by a time, in seconds from the opening. Who was there before comes in the first second. */
export function arrived({ present, lateness }: Habits, time: number): number {
  if (time <= 0) return 0;
  return present * Math.min(1, time) + (1 - present) * (1 - Math.exp(-time / lateness));
}

/** Share of the crowd whose slot has come. @param width seconds that slots are spread over; 0: nobody waits */
export const slotsOpen = (width: number, time: number): number =>
  time <= 0 ? 0 : width === 0 ? 1 : Math.min(1, time / width);

/** What one step brings, of a crowd of `shoppers`. */
export type Step = {
  /** Newly there. */
  readonly arriving: number;
  /** Of those, whose slot is still to come. */
  readonly tooEarly: number;
  /** There, and their slot has come: now for the first time both. */
  readonly due: number;
  /** Of those, who were there before. */
  readonly waited: number;
};

/** @param from seconds @param to seconds */
export function stepOf(
  shoppers: number,
  habits: Habits,
  width: number,
  from: number,
  to: number,
): Step {
  const [before, after] = [arrived(habits, from), arrived(habits, to)];
  const open = slotsOpen(width, to);
  const arriving = shoppers * (after - before);
  // Who arrives within the step meets the slots as they are at its end.
  const waited = shoppers * before * (open - slotsOpen(width, from));
  return { arriving, tooEarly: arriving * (1 - open), due: waited + arriving * open, waited };
}
