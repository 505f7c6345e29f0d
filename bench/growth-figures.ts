/** @module Figures of growth: every column beside the first of its series, in the same rounds. */

import type { Memory } from './growth-process.ts';
import type { Series } from './growth-series.ts';
import { type Bar, type Figure, figureOf } from './rounds.ts';

/** What a column sold in one round. */
export type Sold = {
  readonly buysPerSecond: number;
  /** Of the processors, for each buy, the record of its order and all else that it causes. */
  readonly stackMicros: number;
  /** Absent where the system does not tell. */
  readonly engineMicros: number | undefined;
};

/** A sweep of all its sales. */
export type Swept = {
  readonly ms: number;
  /** For each order that is open, beyond those of a sweep with none. */
  readonly readUnitsAnOrder: number;
};

export type ColumnSeen = {
  readonly sold: readonly Sold[];
  readonly swept: readonly Swept[];
  /** In the end; absent where columns have no shop of their own. */
  readonly memory?: Memory;
};

/** At 100 times the size. */
const NO_SLOWER: Bar = { of: 'ratio', is: 'at least', value: 0.8 };

/** A claim and a record, whatever the size: the cost follows open orders. */
const PER_ORDER: Bar = { of: 'median', is: 'at most', value: 2 };

type Row = {
  readonly name: string;
  readonly unit: string;
  /** The bar of a column. */
  readonly bar?: (isLast: boolean) => Bar | undefined;
  /** One value a round, or none where it is not known. */
  of(seen: ColumnSeen): readonly (number | undefined)[];
};

const ofSold =
  (of: (sold: Sold) => number | undefined): Row['of'] =>
  ({ sold }) =>
    sold.map(of);

const ofSwept =
  (of: (swept: Swept) => number): Row['of'] =>
  ({ swept }) =>
    swept.map(of);

const MB = 1_000_000;

const ofMemory =
  (of: (memory: Memory) => number | undefined): Row['of'] =>
  ({ memory }) => [memory && of(memory)];

const ROWS: readonly Row[] = [
  {
    name: 'buys',
    unit: 'buys/s',
    of: ofSold(({ buysPerSecond }) => buysPerSecond),
    bar: (isLast) => (isLast ? NO_SLOWER : undefined),
  },
  { name: 'CPU of the stack', unit: 'µs a buy', of: ofSold(({ stackMicros }) => stackMicros) },
  { name: 'CPU of the tables', unit: 'µs a buy', of: ofSold(({ engineMicros }) => engineMicros) },
  { name: 'a sweep', unit: 'ms', of: ofSwept(({ ms }) => ms) },
  {
    name: 'read units of a sweep',
    unit: 'an open order',
    of: ofSwept(({ readUnitsAnOrder }) => readUnitsAnOrder),
    bar: () => PER_ORDER,
  },
  { name: 'memory of the stack', unit: 'MB', of: ofMemory(({ stack }) => stack / MB) },
  { name: 'of that, held on the heap', unit: 'MB', of: ofMemory(({ heap }) => heap / MB) },
  {
    name: 'memory of the tables',
    unit: 'MB',
    of: ofMemory(({ engines }) => engines && engines / MB),
  },
];

/** @param seen of each column of the series, in its order */
export const figuresOf = ({ columns }: Series, seen: readonly ColumnSeen[]): Figure[] =>
  ROWS.flatMap(({ name, unit, bar, of }) => {
    const base = seen[0] ? known(of(seen[0])) : [];
    return columns.flatMap((column, at) => {
      const values = seen[at] ? known(of(seen[at])) : [];
      if (values.length === 0) return [];
      const own = bar?.(at === columns.length - 1);
      const named = { name: `${column.name}: ${name}`, unit, ...(own && { bar: own }) };
      return [figureOf(named, values, at === 0 ? undefined : base)];
    });
  });

const known = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined);
