/** @module Alarms, and metrics that are taken from logs. */

import type { Resource } from '../cloudformation/resource.ts';
import type { AlarmSpec, Watched } from '../cloudwatch/alarm.ts';
import type { MetricName } from '../metrics.ts';
import type { Maker, Makers } from './maker.ts';

type Dimension = { readonly Name: string; readonly Value: string };

type Stat = {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions?: readonly Dimension[];
  };
  readonly Stat: string;
  readonly Period: number;
};

type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: Stat;
  readonly ReturnData?: boolean;
  readonly Period?: number;
};

type OfMetric = Extract<Watched, { readonly metric: unknown }>;

const metricOf = (
  namespace: unknown,
  name: unknown,
  dimensions: readonly Dimension[] = [],
): MetricName => ({
  namespace: String(namespace),
  name: String(name),
  dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, String(Value)])),
});

const statOf = ({ Metric, Stat: statistic }: Stat): OfMetric => ({
  metric: metricOf(Metric.Namespace, Metric.MetricName, Metric.Dimensions),
  statistic,
});

const alarm: Maker = (resource, inventory) => {
  resource.allow(
    ...['ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmName', 'ComparisonOperator'],
    ...['DatapointsToAlarm', 'Dimensions', 'EvaluationPeriods', 'ExtendedStatistic'],
    ...['InsufficientDataActions', 'MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period'],
    ...['Statistic', 'Tags', 'Threshold', 'TreatMissingData', 'Unit'],
  );
  const { properties } = resource;
  const name = resource.name('AlarmName', 255);
  const periods = Number(properties['EvaluationPeriods']);
  inventory.alarms.push({
    name,
    description: String(properties['AlarmDescription'] ?? ''),
    ...watchedBy(resource),
    comparison: String(properties['ComparisonOperator']),
    threshold: Number(properties['Threshold']),
    periods,
    breachingPeriods: Number(properties['DatapointsToAlarm'] ?? periods),
    missing: missingOf(resource),
    actions: (properties['AlarmActions'] ?? []) as string[],
  });
  const arn = `arn:aws:cloudwatch:${resource.arnPrefix}:alarm:${name}`;
  return { ref: name, attributes: { Arn: arn } };
};

function watchedBy(resource: Resource): Pick<AlarmSpec, 'watched' | 'periodMs'> {
  const { properties } = resource;
  const queries = properties['Metrics'] as readonly Query[] | undefined;
  if (queries !== undefined) return watchedIn(resource, queries);
  const metric = metricOf(
    properties['Namespace'],
    properties['MetricName'],
    properties['Dimensions'] as readonly Dimension[] | undefined,
  );
  const statistic = String(properties['Statistic'] ?? properties['ExtendedStatistic']);
  return { watched: { metric, statistic }, periodMs: Number(properties['Period']) * 1000 };
}

/** One formula over metrics: formulas over formulas, and searches, are unknown here. */
function watchedIn(
  resource: Resource,
  queries: readonly Query[],
): Pick<AlarmSpec, 'watched' | 'periodMs'> {
  const stats = queries.flatMap(({ Id, MetricStat }) =>
    MetricStat === undefined ? [] : [[Id, MetricStat] as const],
  );
  const [formula, ...more] = queries.filter(({ Expression }) => Expression !== undefined);
  const [period, ...others] = new Set(stats.map(([, { Period }]) => Period));
  if (formula?.Expression === undefined || more.length > 0 || period === undefined || others.length)
    throw resource.error('it is no formula over metrics of one period');
  const of = Object.fromEntries(stats.map(([id, stat]) => [id, statOf(stat)]));
  return { watched: { formula: formula.Expression, of }, periodMs: period * 1000 };
}

function missingOf(resource: Resource): AlarmSpec['missing'] {
  const given = resource.properties['TreatMissingData'] ?? 'missing';
  if (given === 'breaching' || given === 'notBreaching' || given === 'missing') return given;
  throw resource.error(`TreatMissingData "${given}" is unknown to the local stack`);
}

type Transformation = {
  readonly MetricNamespace: string;
  readonly MetricName: string;
  readonly MetricValue: string;
};

const filter: Maker = (resource, inventory) => {
  resource.allow('FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations');
  const { properties } = resource;
  for (const one of properties['MetricTransformations'] as readonly Transformation[]) {
    inventory.logFilters.push({
      logGroup: String(properties['LogGroupName']),
      pattern: String(properties['FilterPattern']),
      metric: metricOf(one.MetricNamespace, one.MetricName),
      value: Number(one.MetricValue),
    });
  }
  return { ref: resource.logicalId };
};

export const cloudWatchResources: Makers = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::Logs::MetricFilter': filter,
};
