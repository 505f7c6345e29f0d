/** @module Figures that can be believed: several rounds, the compared things in turn, medians with their spread. */

/** A figure over all rounds. */
export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** The median over the baseline's, round by round; absent where there is none. */
  readonly ratio?: number;
};

/** One thing that is measured: returns its figure for one round. */
export type Measured = {
  readonly name: string;
  readonly unit: string;
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
 * @param baseline The name of what the others are compared with.
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
  const base = baseline === undefined ? undefined : seen.get(baseline);
  return measured.map(({ name, unit }) => {
    const values = seen.get(name) ?? [];
    const ratios = base && values.map((value, at) => value / (base[at] ?? Number.NaN));
    return {
      name,
      unit,
      median: median(values),
      least: Math.min(...values),
      most: Math.max(...values),
      ...(ratios && name !== baseline && { ratio: median(ratios) }),
    };
  });
}
