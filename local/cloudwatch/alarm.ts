/**
 * @module
 * What state an alarm is in: its metric or formula over the last whole minutes, against its threshold.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */

import type { MetricName, Metrics } from '../metrics.ts';
import { formulaOf, type Values } from './formula.ts';
import { statisticOf } from './statistic.ts';

/** What is looked at: a metric with its statistic, or a formula over others by their ids. */
export type Watched =
  | { readonly metric: MetricName; readonly statistic: string }
  | {
      readonly formula: string;
      readonly of: Readonly<Record<string, Extract<Watched, { readonly metric: unknown }>>>;
    };

export type AlarmSpec = {
  readonly name: string;
  readonly description: string;
  readonly watched: Watched;
  readonly periodMs: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly periods: number;
  readonly breachingPeriods: number;
  /** What a period without a value counts as. */
  readonly missing: 'breaching' | 'notBreaching' | 'missing';
  readonly actions: readonly string[];
};

export type AlarmState = {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** The periods' values, the oldest first. */
  readonly values: Values;
  readonly reason: string;
};

const MINUTE_MS = 60_000;

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** @throws {Error} naming the comparison, statistic or part of a formula that is unknown here */
export function evaluate(alarm: AlarmSpec, metrics: Metrics, now: number): AlarmState {
  const { name, threshold, periods, breachingPeriods, missing } = alarm;
  const compare = COMPARISONS[alarm.comparison];
  if (compare === undefined) {
    throw new Error(`Cannot watch "${name}": comparison "${alarm.comparison}" is unknown here`);
  }
  // A minute that is not over says too little; longer periods end with every minute.
  const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const values = valuesOf(alarm, metrics, end);
  const breaching = values.filter((value) =>
    value === undefined ? missing === 'breaching' : compare(value, threshold),
  ).length;
  const reason = `${breaching} of ${periods} periods breach ${threshold}: ${values.map((value) => value ?? 'no value').join(', ')}`;
  if (missing === 'missing' && values.every((value) => value === undefined)) {
    return { name, state: 'INSUFFICIENT_DATA', values, reason };
  }
  return { name, state: breaching >= breachingPeriods ? 'ALARM' : 'OK', values, reason };
}

function valuesOf(
  { watched, periodMs, periods }: AlarmSpec,
  metrics: Metrics,
  end: number,
): Values {
  const read = ({ metric, statistic }: Extract<Watched, { readonly metric: unknown }>): Values => {
    const of = statisticOf(statistic);
    return Array.from({ length: periods }, (_, index) => {
      const to = end - (periods - 1 - index) * periodMs;
      const buckets = metrics.between(metric, to - periodMs, to);
      return buckets.length === 0 ? undefined : of(buckets);
    });
  };
  if ('metric' in watched) return read(watched);
  const series = Object.entries(watched.of).map(([id, one]) => [id, read(one)] as const);
  return formulaOf(watched.formula)(Object.fromEntries(series), periods);
}
