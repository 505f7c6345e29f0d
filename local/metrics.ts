/** @module Metrics that functions write as EMF lines (embedded metric format), summed. */

export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string | undefined;
  sum: number;
  /** How many values were added up. */
  count: number;
  max: number;
  last: number;
};

type Directive = {
  readonly Namespace: string;
  readonly Dimensions?: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
};

type Line = { readonly _aws?: { readonly CloudWatchMetrics?: readonly Directive[] } } & Readonly<
  Record<string, unknown>
>;

export class Metrics {
  private readonly metrics = new Map<string, Metric>();

  /** Takes a line of a function's output, and says whether it was EMF. */
  read(text: string): boolean {
    if (!text.includes('"_aws"')) return false;
    const line = parse(text);
    const directives = line?._aws?.CloudWatchMetrics;
    if (line === undefined || directives === undefined) return false;
    for (const directive of directives) this.addAll(directive, line);
    return true;
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
    return [...this.metrics.values()].map((metric) => ({ ...metric }));
  }

  reset() {
    this.metrics.clear();
  }

  private addAll({ Namespace, Dimensions = [[]], Metrics: names }: Directive, line: Line) {
    for (const keys of Dimensions.length === 0 ? [[]] : Dimensions) {
      const dimensions = Object.fromEntries(keys.map((key) => [key, String(line[key])]));
      for (const { Name, Unit } of names) {
        const values = [line[Name]].flat().map(Number);
        this.add({ namespace: Namespace, name: Name, dimensions, unit: Unit }, values);
      }
    }
  }

  private add(
    identity: Pick<Metric, 'namespace' | 'name' | 'dimensions' | 'unit'>,
    values: readonly number[],
  ) {
    const key = JSON.stringify([identity.namespace, identity.name, identity.dimensions]);
    const zero = { sum: 0, count: 0, max: Number.NEGATIVE_INFINITY, last: 0 };
    const metric = this.metrics.get(key) ?? { ...identity, ...zero };
    for (const value of values) {
      metric.sum += value;
      metric.count += 1;
      metric.max = Math.max(metric.max, value);
      metric.last = value;
    }
    this.metrics.set(key, metric);
  }
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
