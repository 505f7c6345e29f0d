/** @module Measurements as pages: the list of all of them, and what the README quotes of the newest. */

import { inWords } from './machine.ts';
import {
  type Barred,
  barredIn,
  type Group,
  groupsOf,
  type Measurement,
  reachedBy,
} from './measurement.ts';
import { barText, number, ratioText } from './table.ts';

const HEAD = `# Measurements

What \`npm run bench -- --save\` has measured, the newest first: the figures that have a bar. The files beside this page
have all figures, as \`--json\` prints them. Figures of different runs compare only as ratios to the baseline of their own
run; [performance.md](../performance.md) says what each measures, and what limits it. Made by
\`npm run bench -- --pages\`.
`;

/** @param kept measurements by the name of their file, in any order */
export function measurementsPage(kept: ReadonlyMap<string, Measurement>): string {
  const newestFirst = [...kept].sort(([, a], [, b]) => (a.date < b.date ? 1 : -1));
  return [HEAD, ...newestFirst.map(([file, one]) => sectionOf(file, one))].join('\n');
}

function sectionOf(file: string, measurement: Measurement): string {
  const barred = barredIn(measurement);
  const rows = barred.map((figure) => [
    figure.scenario,
    `${figure.title}: ${figure.name}`,
    medianOf(figure),
    figure.least === figure.most ? '' : `${number(figure.least)} … ${number(figure.most)}`,
    figure.ratio === undefined ? '' : ratioText(figure.ratio),
    barText(figure),
  ]);
  return [
    `## ${dayOf(measurement)}: ${inWords(measurement.machine)}\n`,
    `[${file}](${file}): ${circumstances(measurement)}. ${countOf(barred)}${caveats(measurement)}\n`,
    '| scenario | figure | median | least … most | of the baseline | bar |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(rowText),
    '',
  ].join('\n');
}

/** What the README quotes: one row for figures that have to reach the same, with the worst of them. */
export function readmeTable(measurement: Measurement): string {
  const { machine } = measurement;
  const barred = barredIn(measurement);
  return [
    `Measured on ${dayOf(measurement)} with ${inWords(machine)} (${circumstances(measurement)}). ${countOf(barred)}${caveats(measurement)}\n`,
    '| scenario | figure | median | of the baseline | bar |',
    '| --- | --- | --- | --- | --- |',
    ...groupsOf(barred).map((group) => rowText(cellsOf(group))),
  ].join('\n');
}

const cellsOf = ({ count, met, worst }: Group): string[] => [
  worst.scenario,
  `${worst.title}: ${worst.name}${count === 1 ? '' : ` (the worst of ${count})`}`,
  medianOf(worst),
  worst.ratio === undefined ? '' : ratioText(worst.ratio),
  `${barText(worst)}${met > 0 && met < count ? ` (${met} of ${count} met)` : ''}`,
];

const medianOf = ({ median, unit }: Barred): string => `${number(median)} ${unit}`;

const rowText = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('|  |', '| |');

const dayOf = ({ date }: Measurement): string => date.slice(0, 10);

function circumstances({ rounds, seconds, machine }: Measurement): string {
  const { loadBefore, stealPercent } = machine;
  const stolen = stealPercent === undefined ? '' : `, ${stealPercent} % of the time stolen`;
  return `${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${seconds} s each; load before it ${loadBefore}${stolen}`;
}

/** What is held against the bar. */
export const reachedText = (figure: Barred): string =>
  figure.bar.of === 'median' ? medianOf(figure) : ratioText(reachedBy(figure));

/** Fewer say nothing of the spread. */
const ENOUGH_ROUNDS = 5;

/** What speaks against believing it. */
function caveats({ rounds, machine: { loadBefore, cores } }: Measurement): string {
  const few = rounds < ENOUGH_ROUNDS ? ' **Too few rounds to quote.**' : '';
  return loadBefore > cores / 2 ? `${few} **The machine was busy.**` : few;
}

/** How many bars are reached. */
export function countOf(barred: readonly Barred[]): string {
  const met = barred.filter(({ isMet }) => isMet).length;
  const all = barred.length;
  return met === all ? `All ${all} bars are met.` : `${met} of ${all} bars are met.`;
}

const BLOCK = /(<!-- measurements -->\n)[\s\S]*?(<!-- end of measurements -->)/;

/** @throws {Error} where the text has no such block */
export function withBlock(text: string, block: string): string {
  if (!BLOCK.test(text)) throw new Error('Cannot quote a measurement: the marks are missing');
  return text.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n${block}\n\n${end}`);
}
