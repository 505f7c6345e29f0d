/**
 * @module
 * Lambda's environments: those that are ready answer at once, others start as fast as Lambda lets a function grow, and
 * whoever finds neither is throttled. Synchronous calls never queue.
 */

import { TICK, TICKS_PER_SECOND } from './tick.ts';
import { tokenBucket } from './token-bucket.ts';

export type Pool = {
  /** Provisioned: there from the beginning. */
  readonly ready: number;
  /** No more than so many at once. */
  readonly most: number;
  /** How many may be added in 10 s; refilled continuously, never saved up beyond that. */
  readonly newInTenSeconds: number;
  /** Requests a second that Lambda allows for each environment of {@link most}. */
  readonly requestsEach: number;
  /** How long a request keeps an environment busy, in seconds. */
  readonly warm: number;
  /** The same where the environment has to start first. */
  readonly cold: number;
};

type Served = {
  /** Answered by an environment that was there. */
  readonly warm: number;
  /** Answered by one that had to start. */
  readonly cold: number;
  /** By the most that there may be, or by the requests that Lambda allows for so many. */
  readonly overMost: number;
  /** There might be more, but not so soon. */
  readonly overGrowth: number;
};

export type Environments = {
  /** Serves the requests of one tick. */
  serve(requests: number): Served;
  /** How many there are. */
  count(): number;
};

export function environments(pool: Pool): Environments {
  const growth = tokenBucket(pool.newInTenSeconds / 10, pool.newInTenSeconds);
  const allowed = tokenBucket(pool.most * pool.requestsEach, 0);
  const startTicks = Math.max(1, Math.round(pool.cold * TICKS_PER_SECOND));
  const starting: number[] = Array.from({ length: startTicks }, () => 0);
  let up = Math.min(pool.ready, pool.most);
  let onTheWay = 0;
  let tick = 0;
  return {
    serve(requests) {
      // Those that began to start so many ticks ago have answered their first request.
      const slot = tick++ % startTicks;
      const started = starting[slot] as number;
      up += started;
      onTheWay -= started;
      const letIn = allowed.take(requests, TICK);
      const warm = Math.min(letIn, up * (TICK / pool.warm));
      const room = Math.max(0, pool.most - up - onTheWay);
      const wanted = Math.min(letIn - warm, room);
      const cold = growth.take(wanted, TICK);
      starting[slot] = cold;
      onTheWay += cold;
      return { warm, cold, overMost: requests - warm - wanted, overGrowth: wanted - cold };
    },
    count: () => up + onTheWay,
  };
}
