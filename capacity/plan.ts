/** @module A sale as far as its size goes: who comes, for how much, and how fast they are let in. */

import { shardsFor } from '../domain/grant.ts';
import type { Item, Sale } from '../domain/sale.ts';
import { slotWidthMs } from '../domain/slots.ts';
import type { Seconds } from '../domain/units.ts';

/** The size of a sale. */
export type Plan = {
  /** How many come. */
  readonly shoppers: number;
  /** How many the slots are spread for; 0: first come, first served. */
  readonly expectedShoppers: number;
  /** Admitted a second, once their slots come. */
  readonly perSecond: number;
  /** Units of all items together. */
  readonly units: number;
  /** Shards of all items together. */
  readonly shards: number;
  /** Units that an order is for, on average; 1 or more. */
  readonly unitsPerOrder: number;
  /** How long an order may stay unpaid. */
  readonly paymentWindow: Seconds;
  /** From the opening to the closing. */
  readonly open: Seconds;
};

/** What somebody types who has no sale file yet. */
export type Wanted = {
  readonly shoppers: number;
  readonly units: number;
  /** In which all of the crowd gets an answer. */
  readonly seconds: Seconds;
  /** Units for one shopper. */
  readonly limit: number;
  /** Instead of what follows from `seconds`. */
  readonly perSecond?: number;
};

const USUAL_WINDOW: Seconds = 15 * 60;

const USUAL_HOURS: Seconds = 4 * 3600;

/** Somebody who may have up to `limit` takes any number as likely as another. */
const average = (limit: number): number => (1 + limit) / 2;

/** A plan from a few numbers. */
export function planFor({ shoppers, units, seconds, limit, perSecond }: Wanted): Plan {
  const rate = perSecond ?? Math.max(1, Math.ceil(shoppers / seconds));
  return {
    shoppers,
    expectedShoppers: shoppers,
    perSecond: rate,
    units,
    shards: shardsFor(units, rate),
    unitsPerOrder: average(limit),
    paymentWindow: USUAL_WINDOW,
    open: USUAL_HOURS,
  };
}

/** What decides the size of a sale; items may still be without name and price. */
type Sized = Pick<Sale, 'admission' | 'paymentWindow' | 'opensAt' | 'closesAt'> & {
  readonly items: readonly Pick<Item, 'units' | 'limit'>[];
};

/**
 * The plan that a sale file is. Unlimited stock counts as no units: it has no shards, and nobody is told "sold out".
 *
 * @param shoppers instead of those that the file expects; needed where it expects none
 */
export function planOf(sale: Sized, shoppers = sale.admission.expectedShoppers): Plan {
  const { expectedShoppers, perSecond } = sale.admission;
  const limited = sale.items.flatMap(({ units, limit }) =>
    units === 'unlimited' ? [] : { units, limit },
  );
  const total = (of: (item: { units: number; limit: number }) => number) =>
    limited.reduce((sum, item) => sum + of(item), 0);
  const units = total((item) => item.units);
  return {
    shoppers,
    expectedShoppers,
    perSecond,
    units,
    shards: total((item) => shardsFor(item.units, perSecond)),
    unitsPerOrder: units === 0 ? 1 : total((item) => item.units * average(item.limit)) / units,
    paymentWindow: sale.paymentWindow,
    open: (sale.closesAt - sale.opensAt) / 1000,
  };
}

/** Seconds over which the slots are spread. */
export const slotSeconds = (plan: Plan): Seconds =>
  slotWidthMs({ ...plan, difficulty: 0, ticketSeconds: 0 }) / 1000;

/** Orders that all units make. */
export const ordersOf = ({ units, shoppers, unitsPerOrder }: Plan): number =>
  units === 0 ? shoppers : Math.min(shoppers, units / unitsPerOrder);
