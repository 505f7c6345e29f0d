/** @module How many are to come to a run. A machine that is too slow starts fewer, and k6 does not count all it left out. */

import type { Settings } from './settings.ts';

/** What a machine plays of a run that is cut into segments: from 0, exclusive, to 1. */
export function shareOf(segment: string | null | undefined): number {
  if (!segment) return 1;
  const [from, to] = segment.split(':').map(fractionOf);
  if (from === undefined || to === undefined || !(from < to)) {
    throw new Error(`Cannot read the segment "${segment}": it must be like 0:1/3`);
  }
  return to - from;
}

/** As k6 writes them: `1/3`, `0`. */
function fractionOf(text: string): number {
  const [above = Number.NaN, below = 1] = text.split('/').map(Number);
  return above / below;
}

/** How many shoppers are to come at least; where they come at a rate it may be one more. */
export function expectedOf(settings: Settings, share: number): number {
  const { scenario, shoppers, rate, doubleRate, durationSeconds } = settings;
  const all = {
    spike: shoppers,
    tail: rate * durationSeconds,
    abuse: (rate + doubleRate) * durationSeconds,
  };
  return Math.floor(all[scenario] * share + ROUNDING);
}

/** A third of 300 is 100, and not 99.99999999999999. */
const ROUNDING = 1e-6;
