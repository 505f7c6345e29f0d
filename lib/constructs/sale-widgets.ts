/** @module What the dashboard shows of one sale, which is chosen at its top. */

import { Duration } from 'aws-cdk-lib';
import {
  DashboardVariable,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
  Values,
  VariableInputType,
  VariableType,
} from 'aws-cdk-lib/aws-cloudwatch';

/** Stands in the dashboard's body wherever the id of the chosen sale belongs. */
const CHOSEN = 'sale-that-is-shown';

const MINUTE = Duration.minutes(1);

/** A series, or several, that a formula finds; `region` where they are elsewhere. */
export const searched = (expression: string, label: string, region?: string): IMetric =>
  new MathExpression({
    ...{ expression, label, period: MINUTE, usingMetrics: {} },
    ...(region !== undefined && { searchRegion: region }),
  });

/** Lets whoever looks choose among the sales that have metrics. */
export const saleVariable = (namespace: string): DashboardVariable =>
  new DashboardVariable({
    ...{ id: 'sale', label: 'Sale', value: CHOSEN },
    type: VariableType.PATTERN,
    inputType: VariableInputType.SELECT,
    values: Values.fromSearchComponents({
      ...{ namespace, dimensions: ['Sale', 'Sku'], metricName: 'ForSale', populateFrom: 'Sale' },
    }),
  });

/** A chart, a third of a row wide. */
export const chart = (
  title: string,
  left: readonly IMetric[],
  { stacked = false, region }: ChartOptions = {},
): GraphWidget =>
  new GraphWidget({
    ...{ title, width: 8, stacked, height: 6, left: [...left] },
    view: GraphWidgetView.TIME_SERIES,
    leftYAxis: { min: 0, showUnits: false },
    ...(region !== undefined && { region }),
  });

type ChartOptions = {
  readonly stacked?: boolean;
  readonly region?: string;
};

/** Series of the chosen sale. */
type Series = {
  /** Metrics of each item, as a search. */
  items(metric: string, statistic: string): string;
  /** How something stands, over all items. */
  state(metric: string, label: string): IMetric;
  /** How much of something there was, over all items. */
  flow(metric: string, label: string): IMetric;
  /** How many payments. */
  money(metric: string, label: string): IMetric;
};

function seriesIn(namespace: string): Series {
  const items = (metric: string, statistic: string) =>
    `SEARCH('{"${namespace}",Sale,Sku} MetricName="${metric}" Sale="${CHOSEN}"', '${statistic}', 60)`;
  const payments = (metric: string) =>
    `SEARCH('{"${namespace}",Sale} MetricName="${metric}" Sale="${CHOSEN}"', 'Sum', 60)`;
  return {
    items,
    state: (metric, label) => searched(`SUM(${items(metric, 'Maximum')})`, label),
    flow: (metric, label) => searched(`SUM(${items(metric, 'Sum')})`, label),
    money: (metric, label) => searched(`SUM(${payments(metric)})`, label),
  };
}

/** Rows of widgets on the chosen sale. */
export function saleWidgets(namespace: string): readonly (readonly IWidget[])[] {
  const series = seriesIn(namespace);
  return [numbersNow(series), selling(series, namespace), troubles(series)];
}

const unitsOf = ({ state }: Series) => [
  state('ForSale', 'for sale'),
  state('Held', 'held'),
  state('Sold', 'sold'),
];

function numbersNow(series: Series): readonly IWidget[] {
  const { flow, money } = series;
  return [
    new SingleValueWidget({
      ...{ title: 'Units now', width: 12, height: 4, metrics: unitsOf(series) },
    }),
    new SingleValueWidget({
      ...{ title: 'In the time that is shown', width: 12, height: 4, setPeriodToTimeRange: true },
      metrics: [
        flow('UnitsReserved', 'reserved'),
        flow('UnitsPaid', 'paid'),
        flow('UnitsExpired', 'expired'),
        flow('UnitsCancelled', 'cancelled'),
        money('PaymentsLate', 'late payments'),
      ],
    }),
  ];
}

function selling(series: Series, namespace: string): readonly IWidget[] {
  const rate = (metric: string, label: string) =>
    searched(`SUM(${series.items(metric, 'Sum')}) / 60`, label);
  const answers = `SEARCH('{"${namespace}/Answers",Sale} Sale="${CHOSEN}"', 'Sum', 60)`;
  return [
    chart('Units', unitsOf(series), { stacked: true }),
    chart('Units a second', [rate('UnitsReserved', 'reserved'), rate('UnitsPaid', 'sold')]),
    chart('Answers to a press of Buy, by code', [searched(answers, '')], { stacked: true }),
  ];
}

function troubles({ state, flow, money }: Series): readonly IWidget[] {
  return [
    chart('Units that came back', [
      flow('UnitsExpired', 'expired'),
      flow('UnitsCancelled', 'cancelled'),
      flow('AttemptsLapsed', 'attempts that lapsed'),
      flow('DeadHoldsReturned', 'dead holds'),
    ]),
    chart('Payments', [
      money('PaymentsTaken', 'taken'),
      money('PaymentsLate', 'late'),
      money('PaymentsRefunded', 'refunded'),
      money('RefundsToApprove', 'refunds to approve'),
      money('PaymentsPutOff', 'put off'),
    ]),
    chart('The audit of the sweep: all of it must be 0', [
      state('Oversold', 'oversold'),
      state('ShardDrift', 'shards that do not add up'),
      state('ClaimsMissing', 'claims that are missing'),
    ]),
  ];
}
