/** @module API Gateway's throttle: a bucket that is full at first, and filled at a rate. */

export type TokenBucket = {
  /**
   * Lets through as many of some requests as there are tokens.
   *
   * @param seconds since the last call
   * @returns how many of `wanted` went through
   */
  take(wanted: number, seconds: number): number;
};

/** @param rate tokens a second @param burst what the bucket holds */
export function tokenBucket(rate: number, burst: number): TokenBucket {
  let tokens = burst;
  return {
    take(wanted, seconds) {
      // What arrives evenly during the step also finds what is filled in during it.
      const full = tokens + rate * seconds;
      const passed = Math.min(wanted, full);
      tokens = Math.min(burst, full - passed);
      return passed;
    },
  };
}
