/** @module The live chart: units for sale, held and paid, and how many are taken each second. */

import uPlot from 'uplot';
import { h } from './element.ts';
import { clock, count } from './format.ts';
import type { Columns } from './sale-history.ts';

const HEIGHT = 280;

/** Labels, and the custom property that has each line's colour. The last is drawn against the scale on the right. */
const LINES = [
  ['For sale', '--line-free', 'units'],
  ['Held', '--line-held', 'units'],
  ['Paid', '--line-paid', 'units'],
  ['Taken per second', '--line-rate', 'rate'],
] as const;

export type Chart = { readonly element: HTMLElement; show(columns: Columns): void; stop(): void };

export function chart(): Chart {
  const canvas = h('div', { class: 'canvas', role: 'img' });
  const legend = h('ul', { class: 'legend' });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let plot: uPlot | undefined;
  let shown: Columns | undefined;
  const make = () => {
    plot?.destroy();
    plot = shown && new uPlot(optionsFor(canvas), shown, canvas);
  };
  const fit = new ResizeObserver(() =>
    plot?.setSize({ width: canvas.clientWidth, height: HEIGHT }),
  );
  fit.observe(canvas);
  dark.addEventListener('change', make);
  return {
    element: h('figure', { class: 'chart' }, legend, canvas),
    show(columns) {
      shown = columns;
      if (plot) plot.setData(columns);
      else make();
      const figures = LINES.map(([label], index) => [label, lastOf(columns, index)] as const);
      canvas.setAttribute(
        'aria-label',
        `Chart. ${figures.map(([a, b]) => `${a}: ${b}`).join('. ')}`,
      );
      legend.replaceChildren(
        ...figures.map(([label, value]) => h('li', {}, `${label} `, h('b', {}, value))),
      );
    },
    stop() {
      fit.disconnect();
      dark.removeEventListener('change', make);
      plot?.destroy();
    },
  };
}

/** The last figure of a line, as the legend has it. */
function lastOf(columns: Columns, line: number): string {
  const value = columns[line + 1]?.at(-1);
  return line === LINES.length - 1 ? (value ?? 0).toFixed(1) : count(value);
}

function optionsFor(canvas: HTMLElement): uPlot.Options {
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = (scale: string, side: uPlot.Axis.Side): uPlot.Axis => ({
    scale,
    side,
    stroke: colour('--quiet'),
    grid: { show: scale === 'units', stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    values: (_plot, splits) => splits.map((value) => count(value)),
  });
  return {
    width: canvas.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    scales: {
      x: { time: true },
      units: { range: (_plot, _least, most) => [0, Math.max(1, most ?? 1)] },
      rate: { range: (_plot, _least, most) => [0, Math.max(1, most ?? 1)] },
    },
    axes: [
      {
        ...{ stroke: colour('--quiet'), grid: { show: false }, ticks: { show: false }, space: 90 },
        values: (_plot, splits) => splits.map((seconds) => clock(seconds * 1000)),
      },
      axis('units', 3),
      axis('rate', 1),
    ],
    series: [
      {},
      ...LINES.map(([label, name, scale]) => ({
        ...{ label, scale, stroke: colour(name), width: 2, points: { show: false } },
        ...(scale === 'rate' && { dash: [4, 4] }),
      })),
    ],
  };
}
