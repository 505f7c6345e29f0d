/** @module The metrics that alarms and the dashboard look at: those of the functions' own, and those that AWS counts. */

import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { metricsNamespace, type SaleFunction } from './sale-function.ts';

const MINUTE = Duration.minutes(1);

/** What AWS Lambda counts of a function, over all of its versions. */
export const lambdaMetric = (fn: SaleFunction, metricName: string, statistic: string): Metric =>
  new Metric({
    ...{ namespace: 'AWS/Lambda', metricName, statistic, period: MINUTE },
    dimensionsMap: { FunctionName: fn.functionName },
  });

/** What a function writes of itself, over all sales; see `adapters/metrics.ts`. */
export const ownMetric = (
  fn: SaleFunction,
  metricName: string,
  statistic = 'Sum',
  period = MINUTE,
): Metric =>
  new Metric({
    ...{ namespace: metricsNamespace(fn), metricName, statistic, period },
    dimensionsMap: { FunctionName: fn.functionName },
  });

export const queueMetric = (queue: Queue, metricName: string): Metric =>
  new Metric({
    ...{ namespace: 'AWS/SQS', metricName, statistic: 'Maximum', period: MINUTE },
    dimensionsMap: { QueueName: queue.queueName },
  });

export const tableMetric = (table: TableV2, metricName: string): Metric =>
  new Metric({
    ...{ namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', period: MINUTE },
    dimensionsMap: { TableName: table.tableName },
  });

/** The name of a metric in a formula: `m0`, `m1`, …; a formula may have ten. */
const named = (metrics: readonly Metric[]) =>
  Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));

/** The sum of metrics of which some may be silent. */
export const sumOf = (metrics: readonly Metric[], label: string): MathExpression =>
  new MathExpression({
    expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
    usingMetrics: named(metrics),
    ...{ label, period: MINUTE },
  });

/** How many of a hundred; no value where there was nothing to fail. */
export const percentOf = (
  parts: readonly Metric[],
  whole: Metric,
  label: string,
): MathExpression => {
  const sum = parts.map((_, index) => `FILL(m${index}, 0)`).join(' + ');
  return new MathExpression({
    expression: `100 * (${sum}) / whole`,
    usingMetrics: { ...named(parts), whole },
    ...{ label, period: MINUTE },
  });
};
