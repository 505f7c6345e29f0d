/**
 * @module
 * Which limit refused whom. A request is counted once, at the limit that turned it away; whoever it belonged to comes
 * again and may be counted again.
 */

import type { LimitName } from './limits.ts';

/** Limits that turn requests away, in the order in which a request meets them. The others only make something late. */
export const REFUSERS = [
  'edgeRequests',
  'buyRate',
  'browseRate',
  'apiRate',
  'buyEnvironments',
  'concurrency',
  'newEnvironments',
  'partitionReads',
  'warmReads',
  'tableReads',
  'partitionWrites',
  'warmWrites',
  'tableWrites',
] as const satisfies readonly LimitName[];

export type Refuser = (typeof REFUSERS)[number];

/** Less than a request in a second is a rounding of means. */
export const SOMEBODY = 1;

/** Requests that each limit turned away. */
export type Refusals = Readonly<Record<Refuser, number>>;

/** Takes down that a limit turned so many away. */
export type Note = (limit: Refuser, requests: number) => void;

export type Ledger = {
  readonly note: Note;
  /** What was noted since the last call. */
  take(): Refusals;
};

export function ledger(): Ledger {
  let counts = none();
  return {
    note(limit, requests) {
      if (requests > 0) counts[limit] += requests;
    },
    take() {
      const taken = counts;
      counts = none();
      return taken;
    },
  };
}

const none = (): Record<Refuser, number> => ({
  edgeRequests: 0,
  buyRate: 0,
  browseRate: 0,
  apiRate: 0,
  buyEnvironments: 0,
  concurrency: 0,
  newEnvironments: 0,
  partitionReads: 0,
  warmReads: 0,
  tableReads: 0,
  partitionWrites: 0,
  warmWrites: 0,
  tableWrites: 0,
});
