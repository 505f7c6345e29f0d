/** @module Words and figures of a run's report, the same in text and on the page. */

import type { Report } from './report.ts';

/** Groups of three, as k6 has no `Intl`. */
export function count(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export function verdictText({ correct, inTime, bars, shoppers }: Report): string {
  if (shoppers === 0) return 'NOTHING WAS PLAYED: nobody came.';
  const right = correct ? 'Correct: no rule was broken' : 'NOT CORRECT: a rule was broken';
  const judged = bars.filter(({ verdict }) => verdict === 'kept' || verdict === 'missed');
  const missed = judged.filter(({ verdict }) => verdict === 'missed').length;
  const time = {
    kept: `in time: ${judged.length} of ${judged.length} bars kept`,
    missed: `NOT IN TIME: ${missed} of ${judged.length} bars missed`,
    'not-judged': 'time was not judged',
  }[inTime];
  return `${right}; ${time}.`;
}

export function barText({ name, value, limit, unit }: Report['bars'][number]): string {
  if (value === undefined) return `${name}: never seen`;
  return `${name}: ${figure(value, unit)}, at most ${figure(limit, unit)}`;
}

function figure(value: number, unit: Report['bars'][number]['unit']): string {
  if (unit === 'share') return `${Math.round(value * 10_000) / 100} %`;
  return unit === 'ms' ? `${count(Math.round(value * 10) / 10)} ms` : count(value);
}
