/** @module What a scenario of `npm run bench` is. */

import type { Figure } from './rounds.ts';

export type Options = {
  readonly rounds: number;
  /** How long a figure is measured in each round, where it is measured by the clock. */
  readonly seconds: number;
};

export type Part = { readonly title: string; readonly figures: readonly Figure[] };

export type Scenario = {
  readonly name: string;
  readonly about: string;
  run(options: Options): Promise<readonly Part[]>;
};
