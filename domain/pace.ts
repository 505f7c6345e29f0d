/** @module How fast a sale sells, from figures that were read one after the other: rates, time to sold out, a chart. */

import type { LiveItem } from './live.ts';
import type { EpochMs } from './units.ts';

/** Units that were taken and paid by an instant; held ones are taken. */
type Progress = { readonly taken: number; readonly paid: number };

/** What is remembered of one look. */
export type Moment = {
  readonly at: EpochMs;
  /** By SKU. */
  readonly items: ReadonlyMap<string, Progress>;
};

export type Pace = {
  /** Units taken each second. */
  readonly takenPerSecond: number;
  /** Units paid each second. */
  readonly paidPerSecond: number;
  /** Seconds until none is left at this pace; null where nothing is taken, or nothing left, or no end. */
  readonly secondsToSoldOut: number | null;
};

/** A rate is the mean of so long: a second's own figure jumps too much to be read. */
const MEAN_MS = 5000;

/** The longest that is remembered. */
const REMEMBERED_MS = 30 * 60_000;

/** Adds a look to what is remembered, oldest first. */
export function remember(
  history: readonly Moment[],
  at: EpochMs,
  items: readonly LiveItem[],
): readonly Moment[] {
  const progress = items.map(({ sku, held, paid }): [string, Progress] => [
    sku,
    { taken: (held ?? 0) + (paid ?? 0), paid: paid ?? 0 },
  ]);
  const kept = history.filter((one) => one.at > at - REMEMBERED_MS && one.at < at);
  return [...kept, { at, items: new Map(progress) }];
}

/** How fast an item sells now. */
export function paceOf(history: readonly Moment[], { sku, forSale }: LiveItem): Pace {
  const last = history.at(-1);
  const first = history.find(({ at }) => last !== undefined && at >= last.at - MEAN_MS);
  const from = first?.items.get(sku);
  const to = last?.items.get(sku);
  if (!(first && last && from && to) || first === last) {
    return { takenPerSecond: 0, paidPerSecond: 0, secondsToSoldOut: null };
  }
  const seconds = (last.at - first.at) / 1000;
  // Units that come back make the difference negative: nothing was sold by it.
  const takenPerSecond = Math.max(0, to.taken - from.taken) / seconds;
  return {
    takenPerSecond,
    paidPerSecond: Math.max(0, to.paid - from.paid) / seconds,
    secondsToSoldOut: takenPerSecond > 0 && forSale ? Math.ceil(forSale / takenPerSecond) : null,
  };
}

/**
 * Units taken in each of some equal lengths of time, the latest last; those from before anything was read are 0. Units
 * that came back meanwhile are not counted against those that went.
 */
export function takenIn(
  history: readonly Moment[],
  columns: number,
  columnMs: number,
): readonly number[] {
  const bars = Array.from({ length: columns }, () => 0);
  const end = history.at(-1)?.at ?? 0;
  for (const [index, { at, items }] of history.entries()) {
    const before = history[index - 1];
    const column = columns - 1 - Math.floor((end - at) / columnMs);
    if (before === undefined || column < 0) continue;
    const taken = [...items].map(([sku, now]) =>
      Math.max(0, now.taken - (before.items.get(sku)?.taken ?? now.taken)),
    );
    bars[column] = taken.reduce((sum, units) => sum + units, bars[column] ?? 0);
  }
  return bars;
}
