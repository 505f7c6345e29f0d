/** @module Leaves AWS alone for a moment once it throttles: calling on would only make it worse. */

import type { Clock } from '../domain/ports.ts';

const REST_MS = 1000;

/** A call, or that it was not made or was throttled. */
export type Guarded<T> =
  | { readonly kind: 'through'; readonly value: T }
  | { readonly kind: 'throttled' };

/** A breaker for all calls of one environment. */
export function circuitBreaker(clock: Clock): <T>(call: () => Promise<T>) => Promise<Guarded<T>> {
  let until = 0;
  return async (call) => {
    if (clock() < until) return { kind: 'throttled' };
    try {
      return { kind: 'through', value: await call() };
    } catch (error) {
      if (!isThrottling(error)) throw error;
      until = clock() + REST_MS;
      return { kind: 'throttled' };
    }
  };
}

const THROTTLING = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests/;

/** By name: each service has exceptions of its own for it. */
const isThrottling = (error: unknown): boolean =>
  error instanceof Error && THROTTLING.test(error.name);
