/** @module The sweeps of a sale, as far as time and number go. */

import { SHARDS_PER_HINT } from '../domain/items.ts';
import type { Limits } from './limits.ts';
import { SWEEP_RANGE_SECONDS } from './timings.ts';

/** Seconds from one sweep to the next. */
export const SWEEP_EVERY = 60;

/** How long after its time an unpaid order is left alone, in seconds. */
export const GRACE = 60;

/** Ranges that a sweep of so many shards is cut into. */
export const rangesOf = (shards: number): number => Math.ceil(shards / SHARDS_PER_HINT);

/** How long a sweep of all of them takes. */
export const sweepSecondsOf = (
  shards: number,
  { sweepRanges }: Pick<Limits, 'sweepRanges'>,
): number => Math.ceil(rangesOf(shards) / sweepRanges) * SWEEP_RANGE_SECONDS;

/** The sweep that gives back what was due at a time, in seconds from the opening. */
export const sweptAt = (due: number): number => Math.ceil(due / SWEEP_EVERY) * SWEEP_EVERY;
