/** @module Figures as a table for people. */

import { type Figure, reaches } from './rounds.ts';

const HEAD = ['', 'median', 'least … most', 'of the baseline', 'bar'];

export function table(title: string, figures: readonly Figure[]): string {
  const rows = inUse([HEAD, ...figures.map(rowOf)]);
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

/** Leaves out the columns that have a head and nothing else. */
function inUse([
  head = [],
  ...rows
]: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const kept = head.map((_, column) => rows.some((row) => row[column] !== ''));
  return [head, ...rows].map((row) => row.filter((_, column) => kept[column]));
}

function rowOf(figure: Figure): string[] {
  const { name, unit, median, least, most, ratio } = figure;
  return [
    name,
    `${number(median)} ${unit}`,
    least === most ? '' : `${number(least)} … ${number(most)}`,
    ratio === undefined ? '' : ratioText(ratio),
    barText(figure),
  ];
}

/** What a figure has to reach, and whether it does. */
export function barText(figure: Figure): string {
  const { bar } = figure;
  if (bar === undefined) return '';
  const wanted = bar.of === 'ratio' ? ratioText(bar.value) : number(bar.value);
  return `${bar.is} ${wanted}: ${reaches(figure) ? 'met' : 'NOT MET'}`;
}

export const ratioText = (ratio: number): string => `× ${ratio.toFixed(2)}`;

export const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
