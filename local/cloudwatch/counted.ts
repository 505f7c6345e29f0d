/** @module What Lambda and API Gateway count of their own work, as metrics. */

import type { MetricName, Metrics } from '../metrics.ts';
import type { Series } from './series.ts';

/** Adds to the metrics of one thing. */
type Count = (name: string, value: number, at: number) => void;

function counter(metrics: Metrics, of: Omit<MetricName, 'name'>): Count {
  // Every request comes through here: a metric is looked up once.
  const known = new Map<string, Series>();
  return (name, value, at) => {
    const series = known.get(name) ?? metrics.series({ ...of, name });
    known.set(name, series);
    series.add(value, at);
  };
}

/** How an invocation went. */
export type Invocation = {
  readonly kind: 'returned' | 'throttled' | 'failed' | 'crashed' | 'timed-out';
  readonly startedAt: number;
  readonly endedAt: number;
};

/** A first invocation's duration includes the start of its environment, which Lambda tells apart. */
export function countInvocations(metrics: Metrics, FunctionName: string) {
  const count = counter(metrics, { namespace: 'AWS/Lambda', dimensions: { FunctionName } });
  return ({ kind, startedAt, endedAt }: Invocation): void => {
    count('Throttles', kind === 'throttled' ? 1 : 0, endedAt);
    if (kind === 'throttled') return;
    count('Invocations', 1, endedAt);
    count('Errors', kind === 'returned' ? 0 : 1, endedAt);
    count('Duration', endedAt - startedAt, endedAt);
  };
}

/** Counts requests by the status that they were answered with. */
export function countRequests(metrics: Metrics, ApiName: string, Stage: string) {
  const dimensions = { ApiName, Stage };
  const count = counter(metrics, { namespace: 'AWS/ApiGateway', dimensions });
  return (status: number, startedAt: number, endedAt: number): void => {
    count('Count', 1, endedAt);
    count('4XXError', status >= 400 && status < 500 ? 1 : 0, endedAt);
    count('5XXError', status >= 500 ? 1 : 0, endedAt);
    count('Latency', endedAt - startedAt, endedAt);
  };
}
