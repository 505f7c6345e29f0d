/** @module The verdict of a rehearsal, for somebody who has never seen one. */

import { findingLines, promiseLines } from '../cli/promise-lines.ts';
import type { ItemCounts } from '../domain/audit-counts.ts';
import type { Progress } from './crowd.ts';
import type { Effort, Report } from './report.ts';

const ACTS: Readonly<Record<Progress['act'], string>> = {
  arrive: 'arriving',
  first: 'first buy',
  second: 'second buy',
  buy: 'buying',
  again: 'buying again',
  'ask-on': 'asking on',
};

const number = new Intl.NumberFormat('en');
const figure = (value: number): string => number.format(value);

/** One line of progress. */
export const progressText = ({ act, done, of, attempts, orders, paid }: Progress): string =>
  `${ACTS[act]}: ${figure(done)} of ${figure(of)} shoppers done, ${figure(attempts)} attempts, ` +
  `${figure(orders)} orders, ${figure(paid)} paid`;

/** The whole verdict. */
export const reportText = (report: Report): string =>
  [
    ...promiseLines(report.promises, (name) =>
      report.findings.filter(({ promise }) => promise === name),
    ),
    '',
    ...report.eased.map((line) => `eased       ${line}`),
    ...crowdLines(report),
    ...report.items.map(itemLine),
    '',
    ...effortLines(report),
    '',
    ...costLines(report),
    ...observationLines(report),
  ].join('\n');

function crowdLines({ shoppers, attempts, wins, paid, rejects, latencyMs }: Report): string[] {
  const codes = Object.entries(rejects).sort(([, one], [, other]) => other - one);
  const refused = codes.map(([code, count]) => `${code} ${figure(count)}`).join(', ');
  const { p50, p95, p99, max } = latencyMs;
  return [
    `${figure(shoppers)} shoppers pressed Buy ${figure(attempts)} times`,
    `orders      ${figure(wins)}, of which ${figure(paid)} paid`,
    `refusals    ${refused || 'none'}`,
    `a press     p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, slowest ${max} ms`,
  ];
}

const itemLine = ({ sku, cap, avail, paid, open, released }: ItemCounts): string => {
  const reasons = Object.entries(released).map(([reason, count]) => `${figure(count)} ${reason}`);
  const units = cap === 0 ? 'unlimited' : `${figure(cap)} units: ${figure(avail)} for sale`;
  return `${sku.padEnd(11)} ${units}, ${figure(paid)} paid, ${figure(open)} open; released orders: ${reasons.join(', ') || 'none'}`;
};

const effortLines = ({ awsCalls: { win, reject } }: Report): string[] => [
  `a win       ${effortText(win)}`,
  `a reject    ${effortText(reject)}`,
];

function effortText(effort: Effort | 'not-seen'): string {
  if (effort === 'not-seen') return 'not seen';
  const { dynamoWrites, dynamoReads, writeUnits, readUnits, sqs, other } = effort;
  const calls = [
    `${round(dynamoWrites)} DynamoDB writes (${round(writeUnits)} units)`,
    `${round(dynamoReads)} reads (${round(readUnits)} units)`,
    `${round(sqs)} SQS`,
    ...(other > 0 ? [`${round(other)} other`] : []),
  ];
  return calls.join(', ');
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** What was not seen, as the tables of a stack that runs elsewhere, is not said to be nothing. */
const costLines = ({ costUsd, costLines: lines }: Report): string[] => [
  `on AWS      $${costUsd.toFixed(4)} (us-east-1, no free tier; what was seen)`,
  ...lines
    .filter(({ count }) => count > 0)
    .map(
      ({ what, count, usd }) =>
        `  ${what.padEnd(46)} ${figure(round(count)).padStart(12)}  $${usd.toFixed(6)}`,
    ),
];

const observationLines = ({ observations }: Report): string[] =>
  observations.length === 0
    ? []
    : ['', 'Odd, and no promise broken:', ...findingLines(observations, '  ')];
