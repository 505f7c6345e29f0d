/** @module Waiting, with jitter, so that a crowd does not march in step. */

export const sleep = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** A wait between `ms` and half as much again. */
export const jittered = (ms: number, random = Math.random): number => ms * (1 + random() / 2);

/** What an answer says about when to come back, or 1, 2, 4, then 8 seconds; never sooner than was asked for. */
export function retryDelayMs(
  attempt: number,
  retryAfterSeconds: number | undefined,
  random = Math.random,
): number {
  return jittered((retryAfterSeconds ?? Math.min(2 ** attempt, 8)) * 1000, random);
}
