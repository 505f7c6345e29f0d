/** @module Figures that can be believed: several rounds, the compared things in turn, medians with their spread. */

/** What a figure has to reach: its median, or its ratio to the baseline. */
export type Bar = {
  readonly of: 'median' | 'ratio';
  readonly is: 'at least' | 'at most';
  readonly value: number;
};

/** A figure over all rounds. */
export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The median over the baseline's, round by round; absent where there is none. */
  readonly ratio?: number;
  readonly bar?: Bar;
};

/** Whether a figure reaches its bar; nothing where it has none. */
export function reaches({ bar, median: value, ratio }: Figure): boolean | undefined {
  if (bar === undefined) return undefined;
  const reached = bar.of === 'median' ? value : (ratio ?? Number.NaN);
  return bar.is === 'at least' ? reached >= bar.value : reached <= bar.value;
}

/** A figure that is the same in every round. */
export const once = (name: string, unit: string, value: number, bar?: Bar): Figure => ({
  ...{ name, unit, median: value, least: value, most: value },
  ...(bar && { bar }),
});

/** One thing that is measured: returns its figure for one round. */
export type Measured = {
  readonly name: string;
  readonly unit: string;
  readonly bar?: Bar;
  measure(): Promise<number>;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * Measures everything once a round, in turn, so that what disturbs the machine disturbs all.
 *
 * @param baseline The name of what the others are compared with, those of its unit.
 */
export async function rounds(
  count: number,
  measured: readonly Measured[],
  baseline?: string,
): Promise<Figure[]> {
  const seen = new Map(measured.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < count; round++) {
    for (const { name, measure } of measured) seen.get(name)?.push(await measure());
  }
  const base = measured.find(({ name }) => name === baseline);
  return measured.map(({ name, unit, bar }) => {
    const isCompared = name !== baseline && unit === base?.unit;
    return figureOf(
      { name, unit, ...(bar && { bar }) },
      seen.get(name) ?? [],
      isCompared ? seen.get(base.name) : undefined,
    );
  });
}

/** What was seen over all rounds. @param base what the baseline was in the same rounds */
export function figureOf(
  named: Pick<Figure, 'name' | 'unit' | 'bar'>,
  values: readonly number[],
  base?: readonly number[],
): Figure {
  const ratios = base && values.map((value, at) => value / (base[at] ?? Number.NaN));
  return {
    ...named,
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
    ...(ratios && { ratio: median(ratios) }),
  };
}
