/** @module The values of one metric, kept by minute: CloudWatch's own resolution. */

import type { Metric } from '../metrics.ts';

/** The values of a minute: how often each came. */
export type Bucket = {
  sum: number;
  count: number;
  readonly values: Map<number, number>;
};

const MINUTE_MS = 60_000;

export class Series {
  private readonly name: Pick<Metric, 'namespace' | 'name' | 'dimensions' | 'unit'>;
  private readonly minutes = new Map<number, Bucket>();
  private sum = 0;
  private count = 0;
  private max = Number.NEGATIVE_INFINITY;
  private last = 0;

  constructor(name: Pick<Metric, 'namespace' | 'name' | 'dimensions' | 'unit'>) {
    this.name = name;
  }

  /** @param at epoch ms */
  add(value: number, at: number): void {
    this.sum += value;
    this.count += 1;
    this.max = Math.max(this.max, value);
    this.last = value;
    const minute = Math.floor(at / MINUTE_MS);
    const bucket = this.minutes.get(minute) ?? { sum: 0, count: 0, values: new Map() };
    bucket.sum += value;
    bucket.count += 1;
    bucket.values.set(value, (bucket.values.get(value) ?? 0) + 1);
    this.minutes.set(minute, bucket);
  }

  /** The minutes between two instants that have values. */
  between(from: number, to: number): readonly Bucket[] {
    const first = Math.floor(from / MINUTE_MS);
    const length = Math.max(0, Math.ceil(to / MINUTE_MS) - first);
    return Array.from({ length }, (_, index) => this.minutes.get(first + index)).filter(
      (bucket) => bucket !== undefined,
    );
  }

  total(): Metric {
    const { sum, count, max, last } = this;
    return { ...this.name, sum, count, max, last };
  }

  /** Forgets its values. */
  reset(): void {
    this.minutes.clear();
    this.sum = 0;
    this.count = 0;
    this.max = Number.NEGATIVE_INFINITY;
    this.last = 0;
  }
}
