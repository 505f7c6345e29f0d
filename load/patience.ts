/** @module Waiting: as long as was asked for, never in step, and not for ever. */

import type { Random } from './random.ts';

/** A sale asks for seconds; a rehearsal has no minutes. */
const LONGEST_MS = 5_000;

/** How long to wait after a refusal, with jitter, never sooner than asked for up to 5 s. */
export const retryDelayMs = (chance: Random, retryAfterSeconds: number | undefined): number =>
  Math.min((retryAfterSeconds ?? 1) * 1000, LONGEST_MS) * (1 + chance() / 2);

/** What a `Retry-After` header says, in seconds. */
export function retryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = Number(header);
  return header === undefined || Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const sleep = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
  });
