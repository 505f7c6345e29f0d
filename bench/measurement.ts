/** @module What `npm run bench` has measured, as `--json` prints it and `docs/measurements` keeps it. */

import type { Business, Machine } from './machine.ts';
import { type Bar, type Figure, reaches } from './rounds.ts';
import type { Options, Part } from './scenario.ts';

export type Measurement = Options & {
  /** When it began: an ISO instant, UTC. */
  readonly date: string;
  readonly machine: Machine & Business;
  readonly results: readonly { readonly name: string; readonly parts: readonly Part[] }[];
};

/** A figure that has to reach something. */
export type Barred = Figure & {
  readonly scenario: string;
  /** Of its part of the scenario. */
  readonly title: string;
  readonly bar: Bar;
  readonly isMet: boolean;
};

export const barredIn = ({ results }: Pick<Measurement, 'results'>): readonly Barred[] =>
  results.flatMap(({ name, parts }) =>
    parts.flatMap(({ title, figures }) =>
      figures.flatMap((figure) =>
        figure.bar === undefined
          ? []
          : [
              {
                ...figure,
                scenario: name,
                title,
                bar: figure.bar,
                isMet: reaches(figure) ?? false,
              },
            ],
      ),
    ),
  );

/** What has to be the median, or its ratio to the baseline. */
export const reachedBy = ({ bar, median, ratio = Number.NaN }: Barred): number =>
  bar.of === 'median' ? median : ratio;

/** Figures of one part that have to reach the same. */
export type Group = {
  readonly count: number;
  readonly met: number;
  /** Whichever is furthest from reaching it, or has the least to spare. */
  readonly worst: Barred;
};

export function groupsOf(figures: readonly Barred[]): readonly Group[] {
  const groups = Map.groupBy(figures, ({ scenario, title, unit, bar }) =>
    JSON.stringify([scenario, title, unit, bar]),
  );
  return [...groups.values()].map((ones) => ({
    count: ones.length,
    met: ones.filter(({ isMet }) => isMet).length,
    worst: ones.reduce((worst, one) => (isWorse(one, worst) ? one : worst)),
  }));
}

function isWorse(one: Barred, other: Barred): boolean {
  const [here, there] = [reachedBy(one), reachedBy(other)];
  return one.bar.is === 'at least' ? here < there : here > there;
}
