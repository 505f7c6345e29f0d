/** @module How many units the page says are left: a number that never rises unless units came back. */

import type { ItemStatus } from './api.ts';

/**
 * What to show after a new status. Statuses come from caches and may be older than the last one, so a higher count
 * counts only together with a higher number of releases.
 */
export function shownNext(shown: ItemStatus | undefined, next: ItemStatus): ItemStatus {
  if (shown === undefined || next.releases > shown.releases) return next;
  if (next.releases < shown.releases) return shown;
  return {
    ...next,
    soldOut: shown.soldOut || next.soldOut,
    remaining: lower(shown.remaining, next.remaining),
  };
}

function lower(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

/** Whether the page must say that units came back: the number that it shows is about to rise, or "sold out" to go. */
export function hasReturned(shown: ItemStatus | undefined, next: ItemStatus): boolean {
  if (shown === undefined || next.releases <= shown.releases) return false;
  const isMore = (next.remaining ?? 0) > (shown.remaining ?? 0);
  return isMore || (shown.soldOut && !next.soldOut);
}
