/** @module What was seen of a sale since the page was opened: the chart's columns. */

import type { Sale } from './answers.ts';

/** Columns as the chart takes them: seconds, then units. */
export type Columns = [
  at: number[],
  forSale: (number | null)[],
  held: (number | null)[],
  paid: (number | null)[],
  perSecond: (number | null)[],
];

/** Half an hour, at a look every other second. */
const MOST = 900;

/** A rate is the mean of so long: a second's own figure jumps too much to be read. */
const MEAN_SECONDS = 6;

type Figures = { readonly forSale: number; readonly held: number; readonly paid: number };

export const noHistory = (): Columns => [[], [], [], [], []];

/** Units of all items that have an end, together. */
export const totalsOf = ({ items }: Pick<Sale, 'items'>): Figures => {
  const sum = (of: (item: Sale['items'][number]) => number | null) =>
    items.reduce((total, item) => total + (of(item) ?? 0), 0);
  return {
    forSale: sum(({ forSale }) => forSale),
    held: sum(({ held }) => held),
    paid: sum(({ paid }) => paid),
  };
};

/** Adds a look. One that is no later than the last is none. */
export function addLook(columns: Columns, sale: Sale): void {
  const [at, forSale, held, paid, perSecond] = columns;
  const now = sale.nowEpochMs / 1000;
  if (now <= (at.at(-1) ?? 0)) return;
  const figures = totalsOf(sale);
  at.push(now);
  forSale.push(figures.forSale);
  held.push(figures.held);
  paid.push(figures.paid);
  perSecond.push(rateAt(columns));
  if (at.length > MOST) for (const column of columns) column.shift();
}

/** Units taken each second until now. Units that came back do not count against those that went. */
function rateAt([at, , held, paid]: Columns): number {
  const last = at.length - 1;
  const first = at.findIndex((one) => one >= (at[last] ?? 0) - MEAN_SECONDS);
  const seconds = (at[last] ?? 0) - (at[first] ?? 0);
  const taken = (index: number) => (held[index] ?? 0) + (paid[index] ?? 0);
  return seconds > 0 ? Math.max(0, taken(last) - taken(first)) / seconds : 0;
}
