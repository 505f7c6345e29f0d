/**
 * @module
 * Metrics as lines of the log, in CloudWatch's embedded metric format: no call, no wait.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

import type { EpochMs } from '../domain/units.ts';

const NAMESPACE = 'FlashSale';

/** Values by metric name; all are counts. */
export type Counts = Readonly<Record<string, number>>;

/** Sale and SKU make a few dozen metrics a sale. A shopper or an order never becomes a dimension. */
export type Dimensions = Readonly<Record<string, string>>;

/** One line for some metrics. */
export const metricLine = (dimensions: Dimensions, counts: Counts, at: EpochMs): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...counts,
  });

/** Writes metrics to standard output as they are: a logger would wrap them, and CloudWatch would not see them. */
export const emit = (dimensions: Dimensions, counts: Counts, at: EpochMs): void => {
  process.stdout.write(`${metricLine(dimensions, counts, at)}\n`);
};
