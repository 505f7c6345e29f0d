/** @module Leaves AWS alone for a moment once it throttles: calling on would only make it worse. */

import type { Clock } from '../domain/ports.ts';

const REST_MS = 1000;

/** A call, or that it was not made or was throttled. */
export type Guarded<T> =
  | { readonly kind: 'through'; readonly value: T }
  | { readonly kind: 'throttled' };

/**
 * A breaker for all calls of one environment.
 *
 * @param opened hears why, once for each rest that begins
 */
export function circuitBreaker(
  clock: Clock,
  opened: (reason: string) => void = () => {},
): <T>(call: () => Promise<T>) => Promise<Guarded<T>> {
  let until = 0;
  return async (call) => {
    if (clock() < until) return { kind: 'throttled' };
    try {
      return { kind: 'through', value: await call() };
    } catch (error) {
      const reason = throttleReason(error);
      if (reason === undefined) throw error;
      if (clock() >= until) opened(reason);
      until = clock() + REST_MS;
      return { kind: 'throttled' };
    }
  };
}

const THROTTLING = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests/;

/** What DynamoDB adds to an error of this kind: which limit of a table it was. */
type Throttling = Error & { readonly ThrottlingReasons?: readonly { readonly reason?: string }[] };

/**
 * Why AWS throttles: the limit where the error says it, else the error's name, for each service has exceptions of its
 * own for it. Nothing for an error of another kind.
 */
export const throttleReason = (error: unknown): string | undefined =>
  error instanceof Error && THROTTLING.test(error.name)
    ? ((error as Throttling).ThrottlingReasons?.[0]?.reason ?? error.name)
    : undefined;
