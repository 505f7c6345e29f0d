/** @module Words and figures of a run's report, the same in text and on the page. */

import type { Report } from './report.ts';

/** Groups of three, as k6 has no `Intl`. */
export function count(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export function verdictText(report: Report): string {
  const { correct, inTime, bars, shoppers } = report;
  if (shoppers === 0) return 'NOTHING WAS PLAYED: nobody came.';
  const right = correct ? 'Correct: no rule was broken' : 'NOT CORRECT: a rule was broken';
  const judged = bars.filter(({ verdict }) => verdict === 'kept' || verdict === 'missed');
  const missed = judged.filter(({ verdict }) => verdict === 'missed').length;
  const time = {
    kept: `in time: ${judged.length} of ${judged.length} bars kept`,
    missed: `NOT IN TIME: ${missed} of ${judged.length} bars missed`,
    'not-judged': 'time was not judged',
  }[inTime];
  const crowd = isShort(report) ? '; FEWER CAME THAN WERE ASKED FOR' : '';
  return `${right}; ${time}${crowd}.`;
}

/** Whether the crowd was smaller than it was to be: then figures say less than they seem to. */
export const isShort = ({ shoppers, expected }: Report): boolean => shoppers < expected;

/** How many came, and of how many where that is not all. */
export const shoppersText = (report: Report): string =>
  isShort(report)
    ? `${count(report.shoppers)} of ${count(report.expected)}`
    : count(report.shoppers);

export function barText({ name, value, limit, unit }: Report['bars'][number]): string {
  if (value === undefined) return `${name}: never seen`;
  return `${name}: ${figure(value, unit)}, at most ${figure(limit, unit)}`;
}

function figure(value: number, unit: Report['bars'][number]['unit']): string {
  if (unit === 'share') return `${Math.round(value * 10_000) / 100} %`;
  return unit === 'ms' ? `${count(Math.round(value * 10) / 10)} ms` : count(value);
}
