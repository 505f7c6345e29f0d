/** @module Figures that one measurement gives at once: they belong together, round by round. */

import type { Measured } from './rounds.ts';

type Wanted<K extends string> = Pick<Measured, 'name' | 'unit' | 'bar'> & {
  /** Which of what was measured. */
  readonly of: K;
};

/** As things to measure in turn: the first measures, the others tell what it saw. */
export function together<K extends string>(
  measure: () => Promise<Readonly<Record<K, number>>>,
  wanted: readonly Wanted<K>[],
): Measured[] {
  let seen: Readonly<Record<K, number>> | undefined;
  return wanted.map(({ of, ...named }, index) => ({
    ...named,
    async measure() {
      if (index === 0 || seen === undefined) seen = await measure();
      return seen[of];
    },
  }));
}
