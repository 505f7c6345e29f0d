/** @module Pearson's test of uniformity. */

/** The chi-square statistic of whole numbers of 0 to `bins` − 1; there are `bins` − 1 degrees of freedom. */
export function chiSquare(drawn: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const bin of drawn) counts[bin] = (counts[bin] ?? 0) + 1;
  const expected = drawn.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
