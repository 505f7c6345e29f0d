/** @module What a law is: something that holds for all inputs, tried on random ones. */

import { equal } from 'node:assert/strict';
import { types } from 'node:util';
import fc from 'fast-check';

export type Law = {
  /** A sentence without its full stop, with its subject before a colon. */
  readonly name: string;
  /** How many runs it gets for each run of the others: less where a run is dear, more where it costs nothing. */
  readonly share?: number;
  /** @throws {Error} with the smallest counterexample that was found; the same seed finds it again */
  check(runs: number, seed?: number): Promise<void> | void;
};

type Arbitraries<Values extends readonly unknown[]> = {
  readonly [K in keyof Values]: fc.Arbitrary<Values[K]>;
};

/** A law over random values. @param holds throws, or rejects, where the law is broken */
export function law<Values extends [unknown, ...unknown[]]>(
  name: string,
  values: Arbitraries<Values>,
  holds: (...values: Values) => Promise<void> | void,
  share = 1,
): Law {
  return {
    name,
    share,
    check: (runs, seed) =>
      fc.assert(
        fc.asyncProperty<Values>(...values, async (...all) => holds(...all)),
        { numRuns: runs, includeErrorInReport: true, ...(seed !== undefined && { seed }) },
      ),
  };
}

/** A function among random values, which a counterexample shows as a text. */
export const shown = <F extends object>(made: F, text: string): F =>
  Object.assign(made, { [fc.toStringMethod]: () => text });

/** Equality by value. Not that of `node:assert`: in jest, what Node makes has other prototypes than what a test makes. */
export function same(actual: unknown, expected: unknown): void {
  equal(textOf(actual), textOf(expected));
}

/** Whether two values are equal, as {@link same} has it. */
export const isSame = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

const textOf = (value: unknown): string => JSON.stringify(plain(value), null, 1);

/** What JSON would lose or leave in some order, written so that it is neither lost nor in any other order. */
function plain(value: unknown): unknown {
  if (types.isSet(value)) return { set: [...value].map(textOf).sort() };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, plain(member)]);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : `${String(value)} `;
}
