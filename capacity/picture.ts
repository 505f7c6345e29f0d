/** @module The first minutes of a plan as a picture (SVG): no script, readable on light and on dark ground. */

import type { Second } from './second.ts';

type Line = { readonly name: keyof Second; readonly label: string };

/** From the highest to the lowest, usually. The class of each is its name. */
const LINES: readonly Line[] = [
  { name: 'clicks', label: 'presses of Buy' },
  { name: 'notYourTurn', label: 'refused at the edge' },
  { name: 'admitted', label: 'admitted' },
  { name: 'sold', label: 'sold' },
];

const WIDTH = 960;
const HEIGHT = 420;
const PLOT = { left: 84, right: 936, top: 84, bottom: 360 } as const;

/** Below one in a second there is nothing to see. */
const LEAST = 1;

const STYLE = `
    text { font-family: -apple-system, BlinkMacSystemFont, "Segoe UI", Inter, Helvetica, Arial, sans-serif; font-size: 12px; fill: #59616d; }
    .title { font-size: 15px; font-weight: 600; fill: #14171c; }
    .ground { fill: #fafbfc; stroke: #dfe2e7; }
    .grid { stroke: #e4e7ec; }
    .end { text-anchor: end; }
    .mid { text-anchor: middle; }
    path { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .clicks { stroke: #59616d; }
    .notYourTurn { stroke: #b3261e; stroke-dasharray: 5 4; }
    .admitted { stroke: #2f6fc4; }
    .sold { stroke: #1b7f4b; stroke-width: 3; }
    @media (prefers-color-scheme: dark) {
      text { fill: #aab2bf; }
      .title { fill: #f2f4f7; }
      .ground { fill: #14171c; stroke: #333a44; }
      .grid { stroke: #2a3039; }
      .clicks { stroke: #aab2bf; }
      .notYourTurn { stroke: #f2857b; }
      .admitted { stroke: #7fb0f2; }
      .sold { stroke: #5fd39a; }
    }
  `;

/**
 * Draws presses, refusals, admissions and orders of each second, on a logarithmic scale.
 *
 * @param title such as `100,000 shoppers, 100 units`; plain text
 * @param shown how many seconds from the opening on
 */
export function pictureOf(seconds: readonly Second[], title: string, shown: number): string {
  const drawn = seconds.slice(0, shown);
  const highest = Math.max(10, ...drawn.map(({ clicks }) => clicks));
  const decades = Math.ceil(Math.log10(highest));
  const x = (second: number) =>
    PLOT.left + ((PLOT.right - PLOT.left) * second) / Math.max(1, shown - 1);
  const y = (value: number) => {
    const share = Math.log10(Math.max(LEAST, value)) / decades;
    return PLOT.bottom - (PLOT.bottom - PLOT.top) * share;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="plan-title plan-text">`,
    `  <title id="plan-title">${escaped(title)}</title>`,
    `  <desc id="plan-text">${escaped(describe(drawn))}</desc>`,
    `  <style>${STYLE}</style>`,
    `  <rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="12"/>`,
    `  <text class="title" x="24" y="32">${escaped(title)}</text>`,
    ...legend(),
    ...yAxis(decades, y),
    ...xAxis(shown, x),
    ...LINES.map(({ name }) => curve(drawn, name, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

/** What somebody hears who does not see it. */
const describe = (seconds: readonly Second[]): string =>
  LINES.map(({ name, label }) => {
    const most = Math.max(0, ...seconds.map((second) => second[name]));
    return `${label}: up to ${Math.round(most).toLocaleString('en')} a second`;
  }).join('; ');

function legend(): string[] {
  const step = 190;
  return LINES.flatMap(({ name, label }, index) => {
    const left = 24 + index * step;
    return [
      `  <path class="${name}" d="M${left} 56h28"/>`,
      `  <text x="${left + 36}" y="60">${label}</text>`,
    ];
  });
}

/** A logarithmic scale has no place for nothing: the lowest line stands for that too. */
const rateText = (value: number): string =>
  value === 1 ? '≤ 1/s' : `${value.toLocaleString('en')}/s`;

function yAxis(decades: number, y: (value: number) => number): string[] {
  return Array.from({ length: decades + 1 }, (_, power) => 10 ** power).flatMap((value) => [
    `  <path class="grid" d="M${PLOT.left} ${round(y(value))}H${PLOT.right}"/>`,
    `  <text class="end" x="${PLOT.left - 8}" y="${round(y(value) + 4)}">${rateText(value)}</text>`,
  ]);
}

function xAxis(shown: number, x: (second: number) => number): string[] {
  const step = [5, 10, 15, 30, 60, 120, 300, 600].find((each) => shown / each <= 12) ?? 1800;
  const ticks = Array.from({ length: Math.floor((shown - 1) / step) + 1 }, (_, i) => i * step);
  return [
    ...ticks.map(
      (second) =>
        `  <text class="mid" x="${round(x(second))}" y="${PLOT.bottom + 20}">${second}</text>`,
    ),
    `  <text class="mid" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 42}">seconds from the opening; each line is a count of that second</text>`,
  ];
}

function curve(
  seconds: readonly Second[],
  name: keyof Second,
  x: (second: number) => number,
  y: (value: number) => number,
): string {
  const points = seconds.map((second, index) => `${round(x(index))} ${round(y(second[name]))}`);
  return `  <path class="${name}" d="M${points.join('L')}"/>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
