/** @module What a load run judges: rules of correctness, which hold on any machine, and bars of time, which can be left out. */

import type { Settings } from './settings.ts';

/** What must never happen, however slow the machine. */
export const RULES = {
  contract: 'each answer is one that the HTTP document lists, with its code',
  'one-order': 'no shopper has two open orders',
  limit: 'no shopper has more units than the limit',
  'order-kept': 'an order that was acknowledged is there, as it was acknowledged',
  'not-early': 'nobody buys before the opening',
  'bad-ticket': 'a bad press is refused, and with the code of what is bad about it',
  stranger: "nobody sees an order that is not the shopper's own",
  'sale-page': 'the counts of the sale page are possible, and its phase is that of the clock',
  script: 'the script of a shopper runs to its end',
} as const;

export type Rule = keyof typeof RULES;

export const RULE_NAMES = Object.keys(RULES) as readonly Rule[];

/** Names of what is counted and measured, as k6 knows them. */
export const METRICS = {
  broken: 'sale_broken',
  presses: 'sale_presses',
  behindGate: 'sale_behind_gate',
  queueLag: 'sale_queue_lag',
  errors: 'sale_errors',
  orders: 'sale_orders',
  unitsHeld: 'sale_units_held',
  unitsPaid: 'sale_units_paid',
  arrived: 'sale_arrived',
  badPresses: 'sale_bad_presses',
  untold: 'sale_payments_untold',
} as const;

/** What an answer has instead of a code. */
export const GRANTED = 'granted';
export const REPEATED = 'repeated';
export const SILENT = 'no-answer';

export const ofRule = (rule: Rule): string => `${METRICS.broken}{rule:${rule}}`;
export const ofPress = (code: string): string => `${METRICS.presses}{code:${code}}`;
export const ofBad = (kind: string): string => `${METRICS.badPresses}{kind:${kind}}`;
export const timeOf = (asked: string): string => `http_req_duration{asked:${asked}}`;

/** A figure that the service must keep. */
export type Bar = {
  readonly metric: string;
  readonly name: string;
  readonly figure: 'p(95)' | 'rate' | 'count';
  readonly limit: number;
  readonly unit: 'ms' | 'share' | 'arrivals';
};

/** The bars of time, with their limits. */
export const barsOf = ({ p95Ms, lagMs, errorShare }: Settings): readonly Bar[] => [
  bar(METRICS.behindGate, 'p95 behind the gate', 'p(95)', p95Ms, 'ms'),
  bar(METRICS.queueLag, 'p95 queue lag', 'p(95)', lagMs, 'ms'),
  bar(METRICS.errors, 'requests not served', 'rate', errorShare, 'share'),
  bar('dropped_iterations', 'shoppers that this machine could not play', 'count', 0, 'arrivals'),
];

const bar = (
  metric: string,
  name: string,
  figure: Bar['figure'],
  limit: number,
  unit: Bar['unit'],
): Bar => ({ metric, name, figure, limit, unit });

/** The expression of a bar, as k6 reads it. */
export const expressionOf = ({ figure, limit }: Bar): string => `${figure}<=${limit}`;

/**
 * The thresholds of a run. Those that cannot fail are there for their figures: k6 hands a summary only those tagged
 * figures that have a threshold.
 */
export function thresholdsOf(
  settings: Settings,
  seen: {
    readonly codes: readonly string[];
    readonly asked: readonly string[];
    readonly kinds: readonly string[];
  },
): Readonly<Record<string, readonly string[]>> {
  const { units, judgeTime } = settings;
  const bars = judgeTime ? barsOf(settings) : [];
  return Object.fromEntries([
    ...RULE_NAMES.map((rule) => [ofRule(rule), ['rate==0']]),
    ...(units > 0
      ? [METRICS.unitsHeld, METRICS.unitsPaid].map((name) => [name, [`count<=${units}`]])
      : []),
    ...bars.map((one) => [one.metric, [expressionOf(one)]]),
    ...seen.codes.map((code) => [ofPress(code), ['count>=0']]),
    ...seen.kinds.map((kind) => [ofBad(kind), ['count>=0']]),
    ...seen.asked.map((asked) => [timeOf(asked), ['max>=0']]),
  ]);
}
