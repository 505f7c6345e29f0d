/** @module The step of the model. What happens in it happens evenly: numbers of shoppers are real numbers, not whole ones. */

/** Ten steps a second: fine enough for a stock that is gone within one. */
export const TICKS_PER_SECOND = 10;

/** Seconds of a step. */
export const TICK = 1 / TICKS_PER_SECOND;
