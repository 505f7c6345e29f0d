/** @module What API Gateway writes of each request, as far as metric filters read it. */

import type { Metrics } from '../metrics.ts';
import { type LogFilterSpec, patternOf } from './log-filter.ts';

/** Where a stage writes its access log, and how: JSON with `$context` variables as its texts. */
export type AccessLogSpec = { readonly destinationArn: string; readonly format: string };

/** What is known of an answer. */
export type Answered = {
  readonly status: number;
  /** What API Gateway answered by itself; nothing where a function answered. */
  readonly error: string | undefined;
};

/** Feeds the metrics that filters take from an access log. */
export function accessLog(
  { destinationArn, format }: AccessLogSpec,
  filters: readonly LogFilterSpec[],
  metrics: Metrics,
): (answered: Answered, at: number) => void {
  const ours = filters
    .filter(({ logGroup }) => destinationArn.endsWith(`:${logGroup}`))
    .map((filter) => ({ filter, matches: patternOf(filter.pattern) }));
  const names = Object.entries(JSON.parse(format) as Record<string, string>);
  return ({ status, error = '-' }, at) => {
    const context: Readonly<Record<string, string>> = {
      '$context.status': `${status}`,
      '$context.error.responseType': error,
    };
    const line = Object.fromEntries(names.map(([name, text]) => [name, context[text] ?? '-']));
    for (const { filter, matches } of ours) {
      if (matches(line)) metrics.series(filter.metric).add(filter.value, at);
    }
  };
}
