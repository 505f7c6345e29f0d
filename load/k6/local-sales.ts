/** @module Sales and settings with which each scenario is played on one machine, in some seconds. */

import type { Sale } from '../../domain/sale.ts';
import { BAD_KINDS } from './bad-presses.ts';
import type { Report } from './report.ts';
import { RULE_NAMES, type Rule } from './rules.ts';
import type { ScenarioName } from './settings.ts';

/** One scenario on one machine. */
export type LocalScenario = {
  readonly name: ScenarioName;
  readonly units: number;
  readonly admission: Sale['admission'];
  /** Variables of the scripts. */
  readonly env: (seconds: number) => Readonly<Record<string, string>>;
  /** Codes that presses must have met, or the run has shown nothing. */
  readonly meets: readonly string[];
  /** Rules that cannot have been looked at. */
  readonly unseen: readonly Rule[];
};

const SKU = 'LAMP';
const LIMIT = 2;

/** Small: one machine solves all challenges, and sells meanwhile. */
const DIFFICULTY = 200;

const admission = (some: Partial<Sale['admission']>): Sale['admission'] => ({
  ...{ expectedShoppers: 0, perSecond: 100, difficulty: DIFFICULTY, ticketSeconds: 10 },
  ...some,
});

/** What only abuse shows. */
const ABUSE_ALONE: readonly Rule[] = ['bad-ticket', 'stranger', 'sale-page'];

/** Enough virtual users for one that waits for the provider's word. */
const VUS = '120';

export const LOCAL_SCENARIOS: readonly LocalScenario[] = [
  {
    name: 'spike',
    units: 100,
    // Slots over two seconds, and many more shoppers than units.
    admission: admission({ expectedShoppers: 200 }),
    env: () => ({ SHOPPERS: '200', ARRIVE_SECONDS: '1' }),
    meets: ['granted', 'sold-out'],
    unseen: ABUSE_ALONE,
  },
  {
    name: 'tail',
    units: 1_000,
    admission: admission({}),
    env: (seconds) => ({ RATE: '10', DURATION_SECONDS: String(seconds), VUS }),
    meets: ['granted'],
    unseen: ABUSE_ALONE,
  },
  {
    name: 'abuse',
    units: 1_000,
    // Tickets that are old after two seconds, and slots that leave time to come too early.
    admission: admission({ expectedShoppers: 800, ticketSeconds: 2 }),
    env: (seconds) => ({
      ...{ RATE: '5', DOUBLE_RATE: '3', BAD_RATE: '20', POLLERS: '4', VUS },
      ...{ LEAD_SECONDS: '4', DURATION_SECONDS: String(seconds + 8) },
    }),
    meets: ['granted', 'repeated', 'limit-reached'],
    unseen: [],
  },
];

/** A sale of a scenario. */
export const saleOf = ({ name, units, admission: let_ }: LocalScenario, opensAt: number): Sale => ({
  ...{ id: `load-${name}`, title: `Load: ${name}`, opensAt, closesAt: opensAt + 3_600_000 },
  ...{ timeZone: 'UTC', paymentWindow: 300, currency: 'EUR', afterExpiry: 'allow' },
  admission: let_,
  items: [{ sku: SKU, name: 'Lamp', price: 1900, units, limit: LIMIT }],
});

/** What a run has not shown, so that its silence about breaks says nothing. */
export function notShown({ meets, unseen, name }: LocalScenario, report: Report): string[] {
  const met = new Set(report.presses.map(({ name: code }) => code));
  const tried = new Set(report.badPresses.map(({ name: kind }) => kind));
  const judged = new Set(
    report.rules.flatMap(({ rule, judged: times }) => (times > 0 ? rule : [])),
  );
  return [
    ...meets.filter((code) => !met.has(code)).map((code) => `no press was answered ${code}`),
    ...RULE_NAMES.filter((rule) => !unseen.includes(rule) && !judged.has(rule)).map(
      (rule) => `rule ${rule} was never looked at`,
    ),
    ...(name === 'abuse'
      ? BAD_KINDS.filter((kind) => !tried.has(kind)).map((kind) => `nobody tried: ${kind}`)
      : []),
  ];
}
