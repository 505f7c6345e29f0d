/** @module Figures of sweeps: how fast, what they cost, and whether that follows open orders. */

import { type Bar, type Figure, figureOf, median, once } from './rounds.ts';
import { minuteOf } from './sweep-cost.ts';
import type { SweepRun } from './sweep-run.ts';

/** The sweeps of a sale at one number of open orders. */
export type Level = { readonly open: number; readonly runs: readonly SweepRun[] };

/** What a sale's shards come to. */
export type Size = { readonly shards: number; readonly ranges: number };

/** A claim and a record. */
const PER_ORDER: Bar = { of: 'median', is: 'at most', value: 2 };

const NO_MORE: Bar = { of: 'median', is: 'at most', value: 1 };

/** How fast a sweep is, and what one in each minute costs. */
export function figuresOf({ open, runs }: Level, { shards, ranges }: Size): Figure[] {
  const figure = (name: string, unit: string, of: (run: SweepRun) => number) =>
    figureOf({ name, unit }, runs.map(of));
  const minute = (run: SweepRun) => minuteOf(run.calls, ranges);
  return [
    figure('a sweep', 'ms', ({ ms }) => ms),
    figure('CPU of functions and stack', 'ms', ({ cpuMs }) => cpuMs),
    figure('shards', 'shards/s', ({ ms }) => (shards / ms) * 1000),
    ...(open === 0 ? [] : [figure('open orders', 'orders/s', ({ ms }) => (open / ms) * 1000)]),
    figure('DynamoDB requests', 'a minute', (run) => minute(run).requests),
    figure('read units', 'a minute', (run) => minute(run).readUnits),
    figure('write units', 'a minute', (run) => minute(run).writeUnits),
    figure('on AWS', '¢ an hour', (run) => minute(run).usd * 100 * 60),
  ];
}

/**
 * What open orders add, and that those which are paid add nothing.
 *
 * @param levels with rising numbers of open orders, none at the first
 * @param after the sweeps once all of them were paid and settled
 * @param settling the sweep that settled them
 */
export function courseOf(
  levels: readonly Level[],
  after: Level,
  settling: SweepRun,
  { shards, ranges }: Size,
): Figure[] {
  const [none, ...some] = levels;
  const last = levels.at(-1);
  if (none === undefined || last === undefined) return [];
  const reads = (run: SweepRun) => minuteOf(run.calls, ranges).readUnits;
  const of = (level: Level, what: (run: SweepRun) => number) => median(level.runs.map(what));
  const added = (level: Level, what: (run: SweepRun) => number) =>
    (of(level, what) - of(none, what)) / level.open;
  const words = (open: number) => open.toLocaleString('en');
  const { writeUnits } = minuteOf(settling.calls, ranges);
  return [
    once('read units with nothing open', 'a shard', of(none, reads) / shards),
    ...some.map((level) =>
      once(
        `read units with ${words(level.open)} open`,
        'an order more',
        added(level, reads),
        PER_ORDER,
      ),
    ),
    once('CPU', 'µs an order more', 1000 * added(last, ({ cpuMs }) => cpuMs)),
    once(`settling ${words(last.open)} paid orders`, 'write units', writeUnits),
    once(
      `read units with ${words(last.open)} sold, of those with none`,
      '×',
      of(after, reads) / of(none, reads),
      NO_MORE,
    ),
  ];
}
