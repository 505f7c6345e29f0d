/** @module One number for a period: the statistics of CloudWatch that are used here. */

import type { Bucket } from './series.ts';

type Statistic = (buckets: readonly Bucket[]) => number;

const total = (buckets: readonly Bucket[], of: (bucket: Bucket) => number): number =>
  buckets.reduce((sum, bucket) => sum + of(bucket), 0);

const sumOf: Statistic = (buckets) => total(buckets, ({ sum }) => sum);
const countOf: Statistic = (buckets) => total(buckets, ({ count }) => count);

const valuesOf = (buckets: readonly Bucket[]): readonly number[] =>
  buckets.flatMap(({ values }) => [...values.keys()]);

const STATISTICS: Readonly<Record<string, Statistic>> = {
  Sum: sumOf,
  SampleCount: countOf,
  Average: (buckets) => sumOf(buckets) / countOf(buckets),
  Minimum: (buckets) => Math.min(...valuesOf(buckets)),
  Maximum: (buckets) => Math.max(...valuesOf(buckets)),
};

/** The smallest value that at least so many of a hundred do not exceed. */
const percentile =
  (percent: number): Statistic =>
  (buckets) => {
    const sorted = buckets.flatMap(({ values }) => [...values]).sort(([a], [b]) => a - b);
    let left = (countOf(buckets) * percent) / 100;
    for (const [value, times] of sorted) {
      left -= times;
      if (left <= 0) return value;
    }
    return sorted.at(-1)?.[0] ?? Number.NaN;
  };

/**
 * The statistic with a name: `Sum`, `p99`.
 *
 * @throws {Error} naming the statistic that is unknown here
 */
export function statisticOf(name: string): Statistic {
  const [, percent] = /^p([0-9.]+)$/.exec(name) ?? [];
  const found = percent === undefined ? STATISTICS[name] : percentile(Number(percent));
  if (found === undefined) {
    throw new Error(`Cannot watch: statistic "${name}" is unknown to the local stack`);
  }
  return found;
}
