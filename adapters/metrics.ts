/**
 * @module
 * Metrics as lines of the log, in CloudWatch's embedded metric format: no call, no wait.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

import type { EpochMs } from '../domain/units.ts';
import { variableOr } from './env.ts';

/** Of one deployment: two of them in an account are told apart by it. The stack sets it. */
const NAMESPACE = variableOr('METRICS_NAMESPACE', 'FlashSale');

const FUNCTION = variableOr('AWS_LAMBDA_FUNCTION_NAME', 'none');

/** One value, or several at once where a distribution is asked for. At most 100. */
type MetricValue = number | readonly number[];

/** Values by metric name. A name that ends with `Seconds` has that unit, any other is a count. */
export type MetricValues = Readonly<Record<string, MetricValue>>;

/** Sale and SKU make a few dozen metrics a sale. A shopper or an order never becomes a dimension. */
export type Dimensions = Readonly<Record<string, string>>;

const unitOf = (name: string) => (name.endsWith('Seconds') ? 'Seconds' : 'Count');

/** How much a line of the log may say; what an alarm looks at must have no dimension that comes and goes with sales. */
export type LineOptions = {
  /** Follows the deployment's own: `/Answers`. */
  readonly below?: string;
  /** Whether the values are also kept by function alone, over all sales. @default true */
  readonly byFunction?: boolean;
};

/** One line for some metrics, by their dimensions and by function. */
export function metricLine(
  dimensions: Dimensions,
  values: MetricValues,
  at: EpochMs,
  { below = '', byFunction = true }: LineOptions = {},
): string {
  const own = Object.keys(dimensions);
  const sets = [...(own.length > 0 ? [own] : []), ...(byFunction ? [['FunctionName']] : [])];
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE + below,
          Dimensions: sets,
          Metrics: Object.keys(values).map((Name) => ({ Name, Unit: unitOf(Name) })),
        },
      ],
    },
    ...dimensions,
    ...(byFunction && { FunctionName: FUNCTION }),
    ...values,
  });
}

/** Writes metrics to standard output as they are: a logger would wrap them, and CloudWatch would not see them. */
export const emit = (
  dimensions: Dimensions,
  values: MetricValues,
  at: EpochMs,
  options: LineOptions = {},
): void => {
  process.stdout.write(`${metricLine(dimensions, values, at, options)}\n`);
};
