/** @module A run's report for a terminal. */

import type { Report } from './report.ts';
import { barText, count, shoppersText, verdictText } from './report-words.ts';

export const textOf = (report: Report): string =>
  [
    `${report.scenario} at ${report.baseUrl}, sale ${report.sale}, item ${report.sku}`,
    verdictText(report),
    '',
    `shoppers  ${shoppersText(report)} came within ${report.arrivedWithinSeconds} s; the run took ${report.seconds} s`,
    `orders    ${count(report.orders)}; ${unitsText(report)}`,
    ...(report.paymentsUntold > 0
      ? [`payments  ${count(report.paymentsUntold)} of which the shop had not heard in 30 s`]
      : []),
    `presses   ${countsText(report.presses)}`,
    ...(report.badPresses.length > 0 ? [`bad ones  ${countsText(report.badPresses)}`] : []),
    '',
    'Correctness',
    ...report.rules.map(
      ({ rule, about, judged, broken }) =>
        `  ${broken > 0 ? 'BROKEN' : judged > 0 ? 'kept  ' : 'unseen'}  ${rule.padEnd(11)} ${about}: ${count(broken)} of ${count(judged)} broken`,
    ),
    '',
    'Time',
    ...report.bars.map((bar) => `  ${bar.verdict.padEnd(12)}  ${barText(bar)}`),
    '',
    `Requests, ${count(report.requestsPerSecond)} a second; times in ms`,
    `  ${row('', 'count', 'p50', 'p95', 'p99', 'slowest')}`,
    ...report.requests.map(
      ({ asked, count: requests, p50, p95, p99, max }) =>
        `  ${row(asked, ...[requests, p50, p95, p99, max].map(count))}`,
    ),
  ].join('\n');

const unitsText = ({ units: { held, paid, of } }: Report): string =>
  `${count(held)} units held at once, ${count(paid)} paid, ${of > 0 ? `of ${count(of)}` : 'of how many is not known (UNITS)'}`;

const countsText = (counts: Report['presses']): string =>
  counts.map(({ name, count: many }) => `${name} ${count(many)}`).join(', ') || 'none';

const row = (name: string, ...cells: readonly string[]): string =>
  [name.padEnd(10), ...cells.map((cell) => cell.padStart(9))].join(' ');
