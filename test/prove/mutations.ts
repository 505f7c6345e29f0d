/** @module What is broken on purpose, one thing at a time, to see the proof fail. */

import type { Budget } from '../model/configuration.ts';
import { DECISIONS, KNOWN_WRONG } from './mutations-decisions.ts';
import { MONEY } from './mutations-money.ts';
import { STEP_MUTATIONS } from './mutations-steps.ts';

/** A text that stands once in a file of the source, and what stands there instead. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

export type Mutation = {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** What is explored where no configuration of ours has it; two shoppers, one unit. */
  readonly budget?: Budget;
  /** The laws that guard it, by a part of their names, where the model has no such thing. */
  readonly laws?: string;
  /** Why nothing can catch it, and why it stays. */
  readonly redundant?: string;
};

export const MUTATIONS: readonly Mutation[] = [
  ...KNOWN_WRONG,
  ...STEP_MUTATIONS,
  ...DECISIONS,
  ...MONEY,
];

/** @throws {RangeError} when there is none of that name */
export function mutationNamed(name: string): Mutation {
  const found = MUTATIONS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`Cannot find a mutation named "${name}"`);
  return found;
}
