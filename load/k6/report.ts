/** @module What a run came to, from what k6 hands over at its end. */

import { BAD_KINDS } from './bad-presses.ts';
import { CONTRACT, PRESS_CODES } from './contract.ts';
import {
  type Bar,
  barsOf,
  expressionOf,
  GRANTED,
  METRICS,
  ofBad,
  ofPress,
  ofRule,
  REPEATED,
  RULE_NAMES,
  RULES,
  SILENT,
  timeOf,
} from './rules.ts';
import type { ScenarioName, Settings } from './settings.ts';
import { expectedOf } from './turnout.ts';
import type { SaleFacts } from './watch.ts';

type Metric = {
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
};

/** What is known when the first shoppers come; `share` is what this machine plays of the whole crowd. */
export type SetUp = SaleFacts & { readonly share: number };

/** What `handleSummary` is given. */
export type K6Summary = {
  readonly state: { readonly testRunDurationMs: number };
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly setup_data?: SetUp;
};

/** A rule of correctness, how often it was looked at, and how often it was broken. */
type Judgement = {
  readonly rule: string;
  readonly about: string;
  readonly judged: number;
  readonly broken: number;
};

/** A bar of time. */
type Measured = Bar & {
  /** Nothing where it was never measured. */
  readonly value: number | undefined;
  readonly verdict: 'kept' | 'missed' | 'not-judged' | 'not-measured';
};

type Spread = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

type Requests = Spread & { readonly asked: string; readonly count: number };

export type Report = {
  readonly scenario: ScenarioName;
  readonly baseUrl: string;
  readonly sale: string;
  readonly sku: string;
  readonly seconds: number;
  /** Whether somebody came, no rule was broken, and no more units sold than there are. */
  readonly correct: boolean;
  readonly inTime: 'kept' | 'missed' | 'not-judged';
  readonly rules: readonly Judgement[];
  readonly bars: readonly Measured[];
  readonly shoppers: number;
  /** How many were to come. */
  readonly expected: number;
  /** How long after the first chance the last one came, in seconds. */
  readonly arrivedWithinSeconds: number;
  readonly orders: number;
  readonly units: {
    readonly held: number;
    readonly paid: number;
    /** 0: not known. */
    readonly of: number;
  };
  readonly paymentsUntold: number;
  readonly requestsPerSecond: number;
  readonly requests: readonly Requests[];
  readonly presses: readonly Count[];
  readonly badPresses: readonly Count[];
};

type Count = { readonly name: string; readonly count: number };

export function reportOf(settings: Settings, { state, metrics, setup_data }: K6Summary): Report {
  const value = (metric: string, figure: string) => metrics[metric]?.values[figure] ?? 0;
  const seconds = state.testRunDurationMs / 1000;
  const units = {
    held: value(METRICS.unitsHeld, 'count'),
    paid: value(METRICS.unitsPaid, 'count'),
    of: settings.units,
  };
  const rules = [
    ...RULE_NAMES.map((rule) => ({
      rule,
      about: RULES[rule],
      judged: value(ofRule(rule), 'passes') + value(ofRule(rule), 'fails'),
      broken: value(ofRule(rule), 'passes'),
    })),
    oversellOf(units),
  ];
  const shoppers = value(METRICS.arrived, 'count');
  const bars = barsOf(settings).map((bar) => measured(bar, metrics[bar.metric], settings));
  const codes = [GRANTED, REPEATED, SILENT, ...PRESS_CODES];
  const counted = (names: readonly string[], metricOf: (name: string) => string) =>
    names
      .map((name) => ({ name, count: value(metricOf(name), 'count') }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count);
  return {
    ...{ scenario: settings.scenario, baseUrl: settings.baseUrl, sale: settings.sale },
    ...{ sku: setup_data?.sku ?? settings.sku, seconds: round(seconds, 1) },
    correct: shoppers > 0 && rules.every(({ broken }) => broken === 0),
    inTime: inTimeOf(bars),
    ...{ rules, bars, units },
    shoppers,
    expected: expectedOf(settings, setup_data?.share ?? 1),
    arrivedWithinSeconds: round(value(METRICS.arrived, 'max') / 1000, 2),
    orders: value(METRICS.orders, 'count'),
    paymentsUntold: value(METRICS.untold, 'count'),
    requestsPerSecond: round(value('http_reqs', 'count') / Math.max(seconds, 0.001), 0),
    requests: [...Object.keys(CONTRACT), 'provider']
      .map((asked) => requestsOf(asked, metrics[timeOf(asked)]))
      .filter(({ count }) => count > 0),
    presses: counted(codes, ofPress),
    badPresses: counted(BAD_KINDS, ofBad),
  };
}

/** Judged once, over all shoppers, and only where it is known how many units there are. */
const oversellOf = ({ held, paid, of }: Report['units']): Judgement => ({
  rule: 'no-oversell',
  about: 'no more units are held at once, or paid, than there are',
  judged: of > 0 ? 1 : 0,
  broken: of > 0 && Math.max(held, paid) > of ? 1 : 0,
});

function measured(bar: Bar, metric: Metric | undefined, { judgeTime }: Settings): Measured {
  const isMeasured = metric !== undefined && metric.values['count'] !== 0;
  // Nothing dropped is no metric.
  const value = isMeasured ? metric.values[bar.figure] : bar.figure === 'count' ? 0 : undefined;
  if (value === undefined) return { ...bar, value, verdict: 'not-measured' };
  if (!judgeTime) return { ...bar, value, verdict: 'not-judged' };
  const ok = metric?.thresholds?.[expressionOf(bar)]?.ok ?? value <= bar.limit;
  return { ...bar, value, verdict: ok ? 'kept' : 'missed' };
}

function inTimeOf(bars: readonly Measured[]): Report['inTime'] {
  const verdicts = bars.map(({ verdict }) => verdict);
  if (verdicts.includes('missed')) return 'missed';
  return verdicts.includes('kept') ? 'kept' : 'not-judged';
}

function requestsOf(asked: string, metric: Metric | undefined): Requests {
  const at = (figure: string) => round(metric?.values[figure] ?? 0, 1);
  return {
    ...{ asked, count: at('count'), p50: at('med') },
    ...{ p95: at('p(95)'), p99: at('p(99)'), max: at('max') },
  };
}

const round = (value: number, digits: number): number =>
  Math.round(value * 10 ** digits) / 10 ** digits;
