/** @module What a sale used of AWS, from the counts of a stack that runs here, or from what a crowd saw of another. */

import type { CallCount } from '../local/calls.ts';
import type { RequestCounts } from '../local/stack.ts';
import type { Traffic } from './client.ts';
import type { CrowdLog } from './crowd.ts';

/** What is paid for. */
export type Usage = {
  readonly traffic: Traffic;
  /** Requests that reached the edge. */
  readonly edgeRequests: number;
  /** Requests that API Gateway neither throttled nor refused. */
  readonly apiRequests: number;
  /** Runs of all functions. */
  readonly runs: number;
  /** Runs that Scheduler began. */
  readonly scheduled: number;
  /** AWS calls of all functions. */
  readonly calls: readonly CallCount[];
};

/** Functions that Scheduler runs. */
const SCHEDULED = ['Open', 'Sweep', 'Close'];

/** Counts of a stack, added up. */
export type Tally = Pick<Usage, 'edgeRequests' | 'apiRequests' | 'runs' | 'scheduled'>;

export function tallyOf({ front, api, functions }: RequestCounts): Tally {
  const runs = Object.entries(functions);
  const sumOf = (some: typeof runs) => sum(some.map(([, { invocations }]) => invocations));
  return {
    edgeRequests: sum(Object.values(front).map(({ requests }) => requests)),
    apiRequests: sum(
      Object.values(api).map(
        ({ requests, throttled, forbidden }) =>
          requests - forbidden - sum(Object.values(throttled)),
      ),
    ),
    runs: sumOf(runs),
    scheduled: sumOf(runs.filter(([name]) => SCHEDULED.includes(name))),
  };
}

/** What came between two tallies. */
export const between = (before: Tally, after: Tally): Tally => ({
  edgeRequests: after.edgeRequests - before.edgeRequests,
  apiRequests: after.apiRequests - before.apiRequests,
  runs: after.runs - before.runs,
  scheduled: after.scheduled - before.scheduled,
});

/** Refusals that are decided before API Gateway, or by it: they cost no function. */
const OUTSIDE = new Set([
  'bad-request',
  'blocked',
  'closed',
  'door-key-wrong',
  'not-open',
  'not-your-turn',
  'paused',
  'session-missing',
  'ticket-expired',
  'ticket-invalid',
  'too-many-requests',
  'unknown-sale',
  'unreachable',
]);

/** What must have been used, as far as answers tell; each payment brings a request from the provider. */
export function usageSeen({ answers, traffic, paid }: CrowdLog): Usage {
  const { provider: _provider, ...ours } = traffic.requests;
  const buys = answers.filter(({ code }) => code === undefined || !OUTSIDE.has(code)).length;
  const runs = buys + ours.order + ours.checkout + paid.length;
  const edgeRequests = sum(Object.values(ours)) + paid.length;
  // What functions asked of other services cannot be seen.
  return { traffic, edgeRequests, apiRequests: runs, runs, scheduled: 0, calls: [] };
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
