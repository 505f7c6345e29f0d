/** @module Figures as a table for people. */

import { type Figure, reaches } from './rounds.ts';

const HEAD = ['', 'median', 'least … most', 'of the baseline', 'bar'];

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

function rowOf(figure: Figure): string[] {
  const { name, unit, median, least, most, ratio } = figure;
  return [
    name,
    `${number(median)} ${unit}`,
    least === most ? '' : `${number(least)} … ${number(most)}`,
    ratio === undefined ? '' : `× ${ratio.toFixed(2)}`,
    barText(figure),
  ];
}

function barText(figure: Figure): string {
  const { bar } = figure;
  if (bar === undefined) return '';
  const wanted = bar.of === 'ratio' ? `× ${bar.value.toFixed(2)}` : number(bar.value);
  return `${bar.is} ${wanted}: ${reaches(figure) ? 'met' : 'NOT MET'}`;
}

const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
