/** @module Counts what buyers are answered, by sale and code: a line of metrics a second, not one a request. */

import { emit } from '../../adapters/metrics.ts';
import type { Clock } from '../../domain/ports.ts';
import type { EpochMs } from '../../domain/units.ts';
import type { Reply } from '../http.ts';
import type { Problem } from '../problem.ts';

const EVERY_MS = 1000;

/** Given before it is known whether the sale exists: its id is then whatever somebody wrote, and no dimension. */
const NAMELESS: ReadonlySet<string> = new Set([
  'session-missing',
  'bad-request',
  'unknown-sale',
  'unknown-item',
  'throttled',
]);

const codeOf = (answer: Reply | Problem): string => {
  if ('code' in answer) return answer.code;
  return answer.statusCode === 201 ? 'reserved' : 'repeated';
};

/** What was answered since the last line. */
type Tally = {
  readonly bySale: Map<string, Record<string, number>>;
  /** Seconds since the last sweep of the item that has waited longest, of those that were asked for. */
  sweepAge: number | undefined;
};

const nothing = (): Tally => ({ bySale: new Map(), sweepAge: undefined });

/**
 * A counter for one environment. Its first answer after a quiet second is written at once, those of a busy second with
 * the first after it: what an environment answers in its very last second may stay uncounted.
 */
export function answerCounter(clock: Clock) {
  let tally = nothing();
  let writtenAt = 0;
  return {
    /** Somebody was let in to buy an item that was swept so many seconds ago. */
    sweep(seconds: number): void {
      tally.sweepAge = Math.max(seconds, tally.sweepAge ?? 0);
    },

    /** Somebody who asked for a sale was answered. */
    count(asked: string, answer: Reply | Problem | 'throttled'): void {
      add(tally, asked, answer === 'throttled' ? answer : codeOf(answer));
      const now = clock();
      if (now - writtenAt < EVERY_MS) return;
      write(tally, now);
      tally = nothing();
      writtenAt = now;
    },
  };
}

function add({ bySale }: Tally, asked: string, code: string): void {
  const sale = NAMELESS.has(code) ? '-' : asked;
  const counts = bySale.get(sale) ?? {};
  counts[code] = (counts[code] ?? 0) + 1;
  bySale.set(sale, counts);
}

function write({ bySale, sweepAge }: Tally, now: EpochMs): void {
  for (const [Sale, counts] of bySale) {
    emit({ Sale }, counts, now, { below: '/Answers', byFunction: false });
  }
  if (sweepAge !== undefined) emit({}, { SweepAgeSeconds: sweepAge }, now);
}
