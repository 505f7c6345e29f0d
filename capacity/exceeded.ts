/** @module Which limits a course exceeded, in the order in which they began to turn somebody away. */

import type { Course } from './model.ts';
import { REFUSERS, type Refuser, SOMEBODY } from './refusals.ts';

/** One limit that turned somebody away. */
export type Exceeded = {
  readonly limit: Refuser;
  /** The first second in which it did, 1 being the first after the opening. */
  readonly second: number;
  /** Requests that it turned away in that second. */
  readonly first: number;
  /** The most in one second. */
  readonly most: number;
  /** In all. */
  readonly total: number;
};

/** The first limit first; of those that begin in the same second, the one that a request meets first. */
export function exceededIn({ refused }: Course): readonly Exceeded[] {
  return REFUSERS.flatMap((limit): readonly Exceeded[] => {
    const counts = refused.map((second) => second[limit]);
    const index = counts.findIndex((count) => count >= SOMEBODY);
    const first = counts[index];
    if (first === undefined) return [];
    const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return [{ limit, second: index + 1, first, most, total }];
  }).toSorted((a, b) => a.second - b.second);
}
