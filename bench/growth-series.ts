/** @module What grows in `growth`, each alone and all together, and by how much. */

import type { Size } from './growth-shop.ts';
import type { Options } from './scenario.ts';

export type Column = {
  readonly name: string;
  readonly size: Size;
  /** From how many connections shoppers press Buy. */
  readonly connections: number;
};

export type Series = {
  readonly title: string;
  /** The first is what the others are compared with. */
  readonly columns: readonly Column[];
  /** Whether every column is a shop of its own, whose sweeps and memory can be told apart. */
  readonly isOwn: boolean;
};

export type Plan = {
  readonly series: readonly Series[];
  /** Orders that are made before anything counts: code is compiled, caches are filled. */
  readonly warm: number;
  /** Orders of each column in each round. */
  readonly buys: number;
};

/** Sizes follow the number of orders, for half of a sale's units stay for sale: nobody is to look for the last ones. */
export function planOf({ rounds, seconds }: Options): Plan {
  const plan: Frame = seconds < 2 ? SHORT : LONG;
  const { warm, buys, shoppers } = plan;
  const first: Size = { units: 2 * (warm + rounds * buys), sales: 1, shoppers };
  const series = [
    grown(plan, first, `Units of one sale, after ${inWords(shoppers)} shoppers`, 'units'),
    grown(plan, first, `Sales side by side, ${inWords(first.units)} units in all`, 'sales'),
    grown(plan, first, `Shoppers of an earlier sale, ${inWords(first.units)} units`, 'shoppers'),
    atOnce(plan, first, rounds),
    together(plan, first),
  ];
  return { warm, buys, series };
}

type Frame = Pick<Plan, 'warm' | 'buys'> & {
  readonly factors: readonly number[];
  /** Of the first column. */
  readonly shoppers: number;
  /**
   * Who press at the same moment, in the first column. Of 100 times as many the last waits for all others: a function
   * that takes longer than 10 seconds is stopped.
   */
  readonly crowd: number;
};

/** What keeps the machine busy. */
const CONNECTIONS = 64;

const LONG: Frame = {
  factors: [1, 10, 100],
  warm: 1_200,
  buys: 600,
  shoppers: 100,
  crowd: 20,
};

/** What CI has time for. */
const SHORT: Frame = { factors: [1, 100], warm: 100, buys: 100, shoppers: 10, crowd: 5 };

const grown = ({ factors }: Frame, first: Size, title: string, of: keyof Size): Series => ({
  title,
  isOwn: true,
  columns: factors.map((factor) => ({
    name: `${inWords(first[of] * factor)} ${first[of] * factor === 1 ? of.slice(0, -1) : of}`,
    size: { ...first, [of]: first[of] * factor },
    connections: CONNECTIONS,
  })),
});

/** One shop sells to all of them in turn, and has units for each. */
function atOnce({ factors, warm, buys, crowd }: Frame, first: Size, rounds: number): Series {
  const crowds = factors.map((factor) => crowd * factor);
  const orders = crowds.map((count) => warm + rounds * Math.max(buys, count));
  const units = 200 * Math.ceil(orders.reduce((sum, count) => sum + count) / 100);
  return {
    title: 'Shoppers who press at the same moment',
    isOwn: false,
    columns: crowds.map((count) => ({
      name: `${inWords(count)} at once`,
      size: { ...first, units },
      connections: count,
    })),
  };
}

const together = ({ factors }: Frame, first: Size): Series => ({
  title: 'Units, sales and shoppers together',
  isOwn: true,
  columns: factors.map((factor) => {
    const size: Size = {
      units: first.units * factor,
      sales: first.sales * factor,
      shoppers: first.shoppers * factor,
    };
    return { name: `× ${factor}`, size, connections: CONNECTIONS };
  }),
});

const inWords = (count: number): string => count.toLocaleString('en');
