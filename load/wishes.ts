/** @module What each shopper of a crowd wants and does, decided before anything is asked. */

import { between, randomFor } from './random.ts';

/** One product that the crowd can buy. */
export type Product = { readonly sku: string; readonly limit: number };

/** How a crowd behaves. Shares are from 0 to 1. */
export type Habits = {
  readonly seed: number;
  readonly shoppers: number;
  /** Share of orders that are paid. */
  readonly pay: number;
  /** Share of orders that are paid when their shoppers come again after the expiry. */
  readonly payAgain: number;
  /** Share of shoppers who press Buy twice at the same time. */
  readonly doubleClick: number;
  /** Units that each wants, from `least` to `most`; never more than the limit. */
  readonly quantity: { readonly least: number; readonly most: number };
  /** How often each buys, one after the other. */
  readonly buys: number;
};

export type Wishes = {
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  readonly doubleClicks: boolean;
  /** Whether the order of each buy is paid. */
  readonly pays: readonly boolean[];
  readonly paysAgain: boolean;
};

/** What a shopper wants, from the seed and the shopper's number. */
export function wishesOf(habits: Habits, products: readonly Product[], index: number): Wishes {
  const chance = randomFor(habits.seed, index);
  const product = products[between(chance, 0, products.length - 1)] as Product;
  const quantity = between(chance, habits.quantity.least, habits.quantity.most);
  return {
    name: `shopper-${index}`,
    sku: product.sku,
    quantity: Math.min(quantity, product.limit),
    doubleClicks: chance() < habits.doubleClick,
    pays: Array.from({ length: habits.buys }, () => chance() < habits.pay),
    paysAgain: chance() < habits.payAgain,
  };
}
