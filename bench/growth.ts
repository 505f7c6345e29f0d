/** @module `growth`: whether a shop sells as fast, and sweeps as cheaply, when everything about it is 100 times as much. */

import { inParallel } from '../domain/parallel.ts';
import { figuresOf } from './growth-figures.ts';
import { type Column, type Plan, planOf, type Series } from './growth-series.ts';
import { type GrowthShop, openGrowthShop, type Size } from './growth-shop.ts';
import { closeStall, openStall, type Stall, sellRound, sweepRound } from './growth-stall.ts';
import type { Options, Scenario } from './scenario.ts';

/** Shops that are opened at a time. */
const AT_ONCE = 3;

export const growth: Scenario = {
  name: 'growth',
  about: 'buys a second, sweeps and memory at 1, 10, 100 times the units, sales, shoppers',
  async run(options) {
    const plan = planOf(options);
    const parts = [];
    for (const series of plan.series) parts.push(await measureSeries(series, plan, options));
    return parts;
  },
};

/** Columns of one size share a shop. */
const sizeOf = ({ size }: Column): string => JSON.stringify(size);

async function measureSeries(series: Series, plan: Plan, { rounds }: Options) {
  const shops = new Map<string, GrowthShop>();
  try {
    const { columns } = series;
    await inParallel(AT_ONCE, [...new Set(columns.map(sizeOf))], async (size) => {
      shops.set(size, await openGrowthShop(JSON.parse(size) as Size));
    });
    const stalls: Stall[] = [];
    for (const column of columns) {
      const shop = shops.get(sizeOf(column));
      if (shop) stalls.push(await openStall(column, shop, plan));
    }
    for (let round = 0; round < rounds; round++) {
      await sellRound(stalls, plan);
      if (series.isOwn) await sweepRound(stalls);
    }
    const seen = [];
    for (const stall of stalls) seen.push(await closeStall(stall, series));
    return { title: series.title, figures: figuresOf(series, seen) };
  } finally {
    for (const shop of shops.values()) await shop.stop();
  }
}
