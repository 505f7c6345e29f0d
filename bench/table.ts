/** @module Figures as a table for people. */

import type { Figure } from './rounds.ts';

const HEAD = ['', 'median', 'least … most', 'of the baseline'];

export function table(title: string, figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
  return [title, ...lines].join('\n');
}

const rowOf = ({ name, unit, median, least, most, ratio }: Figure): string[] => [
  name,
  `${number(median)} ${unit}`,
  least === most ? '' : `${number(least)} … ${number(most)}`,
  ratio === undefined ? '' : `× ${ratio.toFixed(2)}`,
];

const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
