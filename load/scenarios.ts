/** @module The crowds that a sale must withstand: each is a sale, habits, and what happens in the middle. */

import type { Item, Sale } from '../domain/sale.ts';
import type { Habits } from './wishes.ts';

/** A rehearsal that is settled beforehand. */
export type Scenario = {
  readonly name: string;
  /** The sale; its opening is set when it begins. */
  readonly sale: Sale;
  readonly habits: Omit<Habits, 'seed'>;
  /** Units that come when so many orders were granted. */
  readonly restock?: { readonly atOrders: number; readonly units: number };
  /** Whether all who have not paid come again after their payment windows are over. */
  readonly again: boolean;
};

const MINUTE_MS = 60_000;

/** Long enough for two payment windows and the sweeps after them. */
const SALE_MS = 120 * MINUTE_MS;

/** What shoppers do unless a scenario says otherwise. */
export const USUAL: Scenario['habits'] = {
  shoppers: 100,
  pay: 0.8,
  payAgain: 0.8,
  doubleClick: 0.3,
  quantity: { least: 1, most: 1 },
  buys: 1,
};

const saleOf = (id: string, item: Partial<Item>): Sale => ({
  id,
  title: 'Rehearsal',
  opensAt: 0,
  closesAt: SALE_MS,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  // First come, first served: the whole crowd at once.
  admission: { expectedShoppers: 0, perSecond: 1000, difficulty: 0, ticketSeconds: 10 },
  afterExpiry: 'allow',
  items: [{ sku: 'unit', name: 'Unit', price: 1900, units: 100, limit: 1, ...item }],
});

export const SCENARIOS = {
  /** 100 units, 2,000 shoppers who click twice at the same time. */
  doubleClicks: {
    name: 'double clicks',
    sale: saleOf('double-clicks', { units: 100 }),
    habits: { ...USUAL, shoppers: 2000, doubleClick: 1 },
    again: false,
  },
  /** Every shopper abandons; after the payment window everything is sold again to the same shoppers. */
  allAbandon: {
    name: 'all abandon',
    sale: saleOf('all-abandon', { units: 100 }),
    habits: { ...USUAL, shoppers: 300, pay: 0, payAgain: 1 },
    again: true,
  },
  /** 300 units where the crowd wants 250: nobody is told "sold out". */
  moreThanWanted: {
    name: 'more than wanted',
    sale: saleOf('more-than-wanted', { units: 300 }),
    habits: { ...USUAL, shoppers: 250, pay: 1 },
    again: false,
  },
  /** Limit 2, everybody buys twice in a row, half of them pay the first. */
  twiceInARow: {
    name: 'twice in a row',
    sale: saleOf('twice-in-a-row', { units: 300, limit: 2 }),
    habits: { ...USUAL, shoppers: 200, pay: 0.5, buys: 2 },
    again: false,
  },
  /** 3,000 units in quantities 1 to 3, restocked by 500 in the middle. */
  restocked: {
    name: 'restocked',
    sale: saleOf('restocked', { units: 3000, limit: 3 }),
    habits: { ...USUAL, shoppers: 2000, quantity: { least: 1, most: 3 } },
    restock: { atOrders: 800, units: 500 },
    again: false,
  },
} as const satisfies Record<string, Scenario>;
