/** @module What the model says of each second, and how steps are added up to it. */

import { TICKS_PER_SECOND } from './tick.ts';

/** Presses of Buy, by what became of them; each press is in one of them. */
export const OUTCOMES = [
  /** Refused at the edge: the slot had not come. */
  'notYourTurn',
  /** Over the limit of CloudFront. */
  'throttledEdge',
  /** Over the bucket of the usage plan or of the account. */
  'throttledApi',
  /** No environment was free, and none could start. */
  'throttledLambda',
  /** Over the limit of the table, or of one partition. */
  'throttledTable',
  /** Asked to come again: some shards were empty, others not looked at yet. */
  'busy',
  'soldOut',
  /** An order. */
  'sold',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** One second from the opening on. Numbers are means: they need not be whole. */
export type Second = Readonly<Record<Outcome, number>> & {
  /** Presses of Buy. */
  readonly clicks: number;
  /** Of these, by shoppers who had pressed before. */
  readonly retries: number;
  /** By shoppers who press for the first time in their slot, or anew because units came back. */
  readonly fresh: number;
  /** Refused for now: they come again. */
  readonly comeAgain: number;
  /** Let through by the gate. */
  readonly admitted: number;
  /** Requests of any kind at the edge. */
  readonly edgeRequests: number;
  /** Requests that API Gateway let through. */
  readonly apiRequests: number;
  /** Requests of any kind that a function answered. */
  readonly runs: number;
  /** Seconds that environments were busy. */
  readonly busySeconds: number;
  /** Orders that were paid. */
  readonly paid: number;
  /** Orders that were released. */
  readonly released: number;
  /** Shoppers who had had enough. */
  readonly gaveUp: number;
  /** Mean time behind the gate, in ms, of those who reached a function. */
  readonly latencyMs: number;
  /** Of these, who waited for an environment to start. */
  readonly cold: number;
  /** Environments of the buy function, at the second's end. */
  readonly environments: number;
  /** Messages that wait for the record function, at the second's end. */
  readonly queue: number;
  /** Write units of the tables. */
  readonly writes: number;
};

/** What is known of one tick. `latencyMs` is the sum over all who reached a function. */
export type TickRow = Omit<Second, 'clicks' | 'admitted'>;

export type Seconds = {
  /** Adds a tick. */
  add(row: TickRow): void;
  /** All full seconds, and the last one as far as it went. */
  all(): readonly Second[];
};

type Mutable = { -readonly [K in keyof TickRow]: TickRow[K] };

/** Adds up ticks as they come, for there are a hundred thousand of them. */
export function seconds(): Seconds {
  const done: Second[] = [];
  let sum: Mutable | undefined;
  let ticks = 0;
  return {
    add(row) {
      sum = sum === undefined ? { ...row } : addTo(sum, row);
      ticks++;
      if (ticks % TICKS_PER_SECOND > 0) return;
      done.push(finished(sum));
      sum = undefined;
    },
    all: () => (sum === undefined ? done : [...done, finished(sum)]),
  };
}

/** Field by field: a loop over their names takes ten times as long, and there are a hundred thousand ticks. */
function addTo(sum: Mutable, row: TickRow): Mutable {
  sum.notYourTurn += row.notYourTurn;
  sum.throttledEdge += row.throttledEdge;
  sum.throttledApi += row.throttledApi;
  sum.throttledLambda += row.throttledLambda;
  sum.throttledTable += row.throttledTable;
  sum.busy += row.busy;
  sum.soldOut += row.soldOut;
  sum.sold += row.sold;
  sum.retries += row.retries;
  sum.fresh += row.fresh;
  sum.comeAgain += row.comeAgain;
  sum.edgeRequests += row.edgeRequests;
  sum.apiRequests += row.apiRequests;
  sum.runs += row.runs;
  sum.busySeconds += row.busySeconds;
  sum.paid += row.paid;
  sum.released += row.released;
  sum.gaveUp += row.gaveUp;
  sum.latencyMs += row.latencyMs;
  sum.cold += row.cold;
  sum.writes += row.writes;
  // States: a second keeps the last.
  sum.environments = row.environments;
  sum.queue = row.queue;
  return sum;
}

function finished(row: TickRow): Second {
  const clicks = OUTCOMES.reduce((sum, outcome) => sum + row[outcome], 0);
  const reached = row.throttledTable + row.busy + row.soldOut + row.sold;
  return {
    ...row,
    clicks,
    admitted: clicks - row.notYourTurn - row.throttledEdge,
    latencyMs: reached === 0 ? 0 : row.latencyMs / reached,
  };
}
