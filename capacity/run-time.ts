/**
 * @module
 * How long the buy function runs, as a distribution: log-logistic, of the mean that the model computes with, and of a spread
 * that is an assumption. Nobody has measured it on AWS yet.
 */

import { BUY_SECONDS } from '../domain/warmth.ts';
import { BUY_P99_OVER_MEDIAN, COLD_BUY_SECONDS } from './timings.ts';

/** 99 runs to one: the odds that a run is shorter than the 99th percentile. */
const SHAPE = Math.log(BUY_P99_OVER_MEDIAN) / Math.log(99);

/** The mean of a log-logistic distribution is its median times this. */
const MEAN_OVER_MEDIAN = (Math.PI * SHAPE) / Math.sin(Math.PI * SHAPE);

/** No rank is so near to an end that its run takes no time, or for ever. */
const NEAREST = 1e-6;

/**
 * How long a run of some rank takes, in seconds. Runs that wait for an environment to start are the longest.
 *
 * @param rank 0 is the shortest, 1 the longest
 * @param coldShare of all runs, 0 to 1
 */
export function runSeconds(rank: number, coldShare: number): number {
  const warmShare = 1 - coldShare;
  if (rank <= warmShare) return warmSeconds(rank / warmShare);
  return warmSeconds((rank - warmShare) / coldShare) + COLD_BUY_SECONDS - BUY_SECONDS;
}

function warmSeconds(rank: number): number {
  const inside = Math.min(1 - NEAREST, Math.max(NEAREST, rank));
  return (BUY_SECONDS / MEAN_OVER_MEDIAN) * (inside / (1 - inside)) ** SHAPE;
}
