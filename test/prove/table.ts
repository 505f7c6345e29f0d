/** @module The table of the proof: a line for each thing that was explored, and its end. */

import type { Row } from './part.ts';

/** A row, and the part that it is of. */
export type Told = Row & { readonly part: string };

/** A line, and below it what was found. */
export function line({ part, name, explored, unit, ms, found }: Told): string {
  const [title = '', ...more] = name.split('\n');
  const much = `${explored.toLocaleString('en')} ${unit}`;
  const verdict = found.length === 0 ? 'ok   ' : 'FOUND';
  const head = `${verdict}  ${part.padEnd(6)}  ${much.padStart(18)}  ${seconds(ms)}  ${title}`;
  return [head, ...more, ...found].join('\n');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(6)} s`;

/** What all rows come to. */
export function closing(rows: readonly Told[]): string {
  const byUnit = Map.groupBy(rows, ({ unit }) => unit);
  const sums = [...byUnit].map(([unit, all]) => {
    const sum = all.reduce((total, { explored }) => total + explored, 0);
    return `${sum.toLocaleString('en')} ${unit}`;
  });
  const broken = rows.filter(({ found }) => found.length > 0);
  const verdict =
    broken.length === 0
      ? 'Nothing was found.'
      : `Something was found in ${broken.length} of ${rows.length}: ${broken.map(({ name }) => `"${name}"`).join(', ')}.`;
  return `\nExplored: ${sums.join(', ')}.\n${verdict}`;
}
