/** @module What the dashboard shows of the service: gate, API, functions, tables, queues and schedules. */

import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { lambdaMetric, ownMetric, queueMetric, tableMetric } from './alarm-metrics.ts';
import { chart, searched } from './sale-widgets.ts';
import { functionIn, type Watched } from './watched.ts';

type Row = readonly IWidget[];

const MINUTE = Duration.minutes(1);

/** Rows of widgets, in the order in which a request meets what they show. */
export const serviceWidgets = (watched: Watched, api: RestApi): readonly Row[] => [
  gateRow(),
  apiRow(watched, api),
  functionRow(watched),
  storeRow(watched),
  queueRow(watched),
];

/** CloudFront tells everything in us-east-1, and the distribution's id is not known here: all of the account's. */
function gateRow(): Row {
  const region = 'us-east-1';
  const found = (dimension: string, metric: string, statistic: string) =>
    searched(
      `SEARCH('{AWS/CloudFront,${dimension},Region} MetricName="${metric}"', '${statistic}', 60)`,
      metric,
      region,
    );
  return [
    chart('CloudFront: requests', [found('DistributionId', 'Requests', 'Sum')], { region }),
    chart(
      'CloudFront: % of errors',
      ['4xxErrorRate', '5xxErrorRate'].map((name) => found('DistributionId', name, 'Average')),
      { region },
    ),
    chart(
      'The gate: errors and throttles',
      ['FunctionExecutionErrors', 'FunctionValidationErrors', 'FunctionThrottles'].map((name) =>
        found('FunctionName', name, 'Sum'),
      ),
      { region },
    ),
  ];
}

function apiRow({ gateway }: Watched, api: RestApi): Row {
  const of = (metricName: string, statistic: string, label: string) =>
    new Metric({
      ...{ namespace: 'AWS/ApiGateway', metricName, statistic, label, period: MINUTE },
      dimensionsMap: { ApiName: api.restApiName, Stage: api.deploymentStage.stageName },
    });
  const routes = `{AWS/ApiGateway,ApiName,Method,Resource,Stage} MetricName="Latency" ApiName="${api.restApiName}"`;
  return [
    chart('API: requests', [
      of('Count', 'Sum', 'all'),
      of('4XXError', 'Sum', '4xx'),
      of('5XXError', 'Sum', '5xx, pauses among them'),
      gateway.throttled,
      gateway.failed,
    ]),
    chart(
      'API: ms',
      ['p50', 'p95', 'p99'].map((one) => of('Latency', one, one)),
    ),
    chart('API: p99 by route, ms', [searched(`SEARCH('${routes}', 'p99', 60)`, '')]),
  ];
}

function functionRow({ functions }: Watched): Row {
  const all = [...functions.values()];
  const each = (metric: string, statistic: string, prefix = '') =>
    all.map((fn) => lambdaMetric(fn, metric, statistic).with({ label: `${prefix}${fn.node.id}` }));
  const failed = all.map((fn) => ownMetric(fn, 'Failed').with({ label: `${fn.node.id} failed` }));
  return [
    chart('Functions: p95 and p99, ms', [
      ...each('Duration', 'p95', 'p95 '),
      ...each('Duration', 'p99', 'p99 '),
    ]),
    chart('Functions: errors and failures', [...each('Errors', 'Sum'), ...failed]),
    chart('Functions: at once, and throttled', [
      ...each('ConcurrentExecutions', 'Maximum'),
      ...each('Throttles', 'Sum', 'throttled '),
    ]),
  ];
}

function storeRow(watched: Watched): Row {
  const { catalogue, stock, orders } = watched.tables;
  const tables = Object.entries({ catalogue, stock, orders });
  const each = (metric: string, label: string) =>
    tables.map(([name, table]) => tableMetric(table, metric).with({ label: `${name}: ${label}` }));
  const buy = functionIn(watched, 'buy');
  return [
    chart('Tables: units in a minute', [
      ...each('ConsumedWriteCapacityUnits', 'written'),
      ...each('ConsumedReadCapacityUnits', 'read'),
    ]),
    chart('Tables: throttles', [
      ...each('WriteThrottleEvents', 'writes'),
      ...each('ReadThrottleEvents', 'reads'),
    ]),
    chart('Throttling that functions met, by reason', [
      searched(
        `SEARCH('{"${ownMetric(buy, '').namespace}",Reason} MetricName="Throttled"', 'Sum', 60)`,
        '',
      ),
    ]),
  ];
}

function queueRow(watched: Watched): Row {
  const { orders, sweeps, schedules } = watched;
  const waiting = 'ApproximateNumberOfMessagesVisible';
  const age = 'ApproximateAgeOfOldestMessage';
  const of = (queue: Parameters<typeof queueMetric>[0], metric: string, label: string) =>
    queueMetric(queue, metric).with({ label });
  const group = (metricName: string) =>
    new Metric({
      ...{ namespace: 'AWS/Scheduler', metricName, statistic: 'Sum', period: MINUTE },
      dimensionsMap: { ScheduleGroup: schedules.group.scheduleGroupName },
    });
  return [
    chart('Queues: messages', [
      of(orders.queue, waiting, 'orders'),
      of(sweeps.queue, waiting, 'sweeps'),
      of(orders.deadLetters, waiting, 'orders: dead'),
      of(sweeps.deadLetters, waiting, 'sweeps: dead'),
      of(schedules.deadLetters, waiting, 'schedules: dead'),
    ]),
    chart('How late: seconds', [
      of(orders.queue, age, 'oldest of orders'),
      of(sweeps.queue, age, 'oldest of sweeps'),
      ownMetric(functionIn(watched, 'record'), 'RecordLagSeconds', 'p99').with({
        label: 'records, p99',
      }),
      ownMetric(functionIn(watched, 'sweep'), 'SweepLagSeconds', 'Maximum').with({
        label: 'sweeps',
      }),
    ]),
    chart(
      'Schedules',
      ['InvocationAttemptCount', 'TargetErrorCount', 'InvocationsSentToDeadLetterCount'].map(group),
    ),
  ];
}
