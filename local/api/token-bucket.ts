/** @module A token bucket: API Gateway's throttle. */

import type { Throttle } from './api-parts.ts';

export class TokenBucket {
  private readonly throttle: Throttle;
  private tokens: number;
  private filledAt = Number.NEGATIVE_INFINITY;

  constructor(throttle: Throttle) {
    this.throttle = throttle;
    this.tokens = throttle.burst;
  }

  /** Takes one token, or says that there is none. */
  take(now: number): boolean {
    const { rate, burst } = this.throttle;
    const elapsed = Number.isFinite(this.filledAt) ? now - this.filledAt : 0;
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, elapsed) * rate) / 1000);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
