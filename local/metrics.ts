/** @module Metrics: those that functions write as EMF lines (embedded metric format), and those that services count. */

import { type Bucket, Series } from './cloudwatch/series.ts';

export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string | undefined;
  readonly sum: number;
  /** How many values were added up. */
  readonly count: number;
  readonly max: number;
  readonly last: number;
};

/** What tells one metric from another. */
export type MetricName = Pick<Metric, 'namespace' | 'name' | 'dimensions'>;

type Directive = {
  readonly Namespace: string;
  readonly Dimensions?: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
};

type Line = {
  readonly _aws?: {
    readonly Timestamp?: number;
    readonly CloudWatchMetrics?: readonly Directive[];
  };
} & Readonly<Record<string, unknown>>;

export class Metrics {
  private readonly all = new Map<string, Series>();

  /** Takes a line of a function's output, and says whether it was EMF. */
  read(text: string): boolean {
    if (!text.includes('"_aws"')) return false;
    const line = parse(text);
    const directives = line?._aws?.CloudWatchMetrics;
    if (line === undefined || directives === undefined) return false;
    for (const directive of directives) this.addAll(directive, line);
    return true;
  }

  /** A metric to add values to; kept by whoever adds often. */
  series(metric: MetricName, unit?: string): Series {
    const key = keyOf(metric);
    const known = this.all.get(key);
    if (known !== undefined) return known;
    const series = new Series({ ...metric, unit });
    this.all.set(key, series);
    return series;
  }

  /** What a metric was between two instants: minute by minute, those left out that have no value. */
  between(metric: MetricName, from: number, to: number): readonly Bucket[] {
    return this.all.get(keyOf(metric))?.between(from, to) ?? [];
  }

  /** The sum over all sets of dimensions that have at least the given ones. */
  sum(namespace: string, name: string, dimensions: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(dimensions);
    return this.snapshot()
      .filter((metric) => metric.namespace === namespace && metric.name === name)
      .filter((metric) => wanted.every(([key, value]) => metric.dimensions[key] === value))
      .reduce((sum, metric) => sum + metric.sum, 0);
  }

  snapshot(): Metric[] {
    return [...this.all.values()].map((series) => series.total()).filter(({ count }) => count > 0);
  }

  reset() {
    for (const series of this.all.values()) series.reset();
  }

  private addAll({ Namespace, Dimensions = [[]], Metrics: names }: Directive, line: Line) {
    const at = line._aws?.Timestamp ?? 0;
    for (const keys of Dimensions.length === 0 ? [[]] : Dimensions) {
      const dimensions = Object.fromEntries(keys.map((key) => [key, String(line[key])]));
      for (const { Name, Unit } of names) {
        const series = this.series({ namespace: Namespace, name: Name, dimensions }, Unit);
        for (const value of [line[Name]].flat()) series.add(Number(value), at);
      }
    }
  }
}

/** Dimensions have no order. */
const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([
    namespace,
    name,
    Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
