/** @module What `warm` says: what is warm, what is wanted, what that costs, and what of it can be taken back. */

import type { TableWarmth } from '../adapters/table-warmth.ts';
import { PRICES } from '../capacity/prices.ts';
import { FUNCTION_MEMORY_MB } from '../capacity/sizes.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { type Asked, isWarm, warmUntil } from '../domain/warmth.ts';
import { instant } from './sale-now.ts';

/** What is there, and what should be. */
export type WarmView = {
  readonly sale: PublishedSale;
  readonly isOff: boolean;
  /** Whether it is asked that the table be raised. */
  readonly raises: boolean;
  readonly environments: Asked & { readonly wanted: number; readonly most: number };
  /** Of the stock table; nothing where this place has no warm throughput. */
  readonly table: (TableWarmth & { readonly wanted: number }) | undefined;
};

const HOUR_SECONDS = 3600;

/** USD an hour, in us-east-1, whether they work or not. */
const hourly = (environments: number): string => {
  const usd =
    environments * (FUNCTION_MEMORY_MB / 1024) * PRICES.provisionedGbSecond * HOUR_SECONDS;
  return `$${usd.toFixed(2)} an hour`;
};

/** A line each. */
export const warmLines = (view: WarmView, now: number): readonly string[] => [
  ...environmentLines(view, now),
  ...tableLines(view),
];

function environmentLines({ sale, isOff, environments }: WarmView, now: number) {
  const { environments: asked, ready, isFailed, wanted, most } = environments;
  const state = isFailed
    ? `${asked} asked for, and not to be had`
    : `${asked} asked for, ${ready} ready`;
  const lines = [`Buy function: ${state}; ${wanted} wanted, ${most} at most.`];
  if (most === 0) {
    return [...lines, '  This deployment keeps none ready: its parameter MostWarm is 0.'];
  }
  if (wanted > 0) lines.push(`  ${wanted} cost ${hourly(wanted)}, busy or not.`);
  lines.push(isOff || wanted === 0 ? '  Nothing of it is left to pay then.' : takenBack(sale, now));
  return lines;
}

function takenBack(sale: PublishedSale, now: number): string {
  const until = instant(warmUntil(sale));
  // Until it counts by itself, the end of another sale takes it away.
  const early = isWarm(sale, now)
    ? ''
    : ' Another sale that ends before this one nears its opening takes it back sooner.';
  return `  Taken back by itself a minute after ${until}, or with --off.${early}`;
}

function tableLines({ table, raises, isOff }: WarmView): readonly string[] {
  if (isOff) return ['Table Stock: what was raised stays; there is no way back.'];
  if (table === undefined) return ['Table Stock: this place has no warm throughput.'];
  const { writes, wanted, isRising } = table;
  const line = `Table Stock: takes ${writes} write units/s at once; ${wanted} wanted.`;
  if (isRising) return [line, '  It is being raised already.'];
  if (writes >= wanted) return [line];
  return [
    line,
    `  AWS charges once for ${wanted - writes} more (see its price list for the Region), and it never falls again.`,
    raises
      ? '  It will be raised: this cannot be undone.'
      : '  It stays as it is: --tables raises it.',
  ];
}
