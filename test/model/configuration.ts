/** @module What is explored: a few shoppers, a few units, and how often each thing may happen. */

import type { PublishedSale } from '../../domain/sale.ts';
import { anItem, aPublishedSale, OPENS_AT } from '../support/sales.ts';

/** What can begin. */
export type Kind =
  /** A press of Buy, of any shopper. */
  | 'buy'
  /** The same, seconds later. */
  | 'buy-later'
  /** A delivery of a payment for an order that was acknowledged, in time or late, again or for the first time. */
  | 'pay'
  /** The same of another payment of the same order. */
  | 'pay-twice'
  /** The same of one that is too small, or in another currency. */
  | 'pay-wrong'
  /** An operator's approval of a refund, of any payment that came, at any time after that. */
  | 'approve'
  /** The timeout of an order or a lapsed attempt, as the sweep of a moment ago saw it. */
  | 'rollback'
  /** A timeout that somebody tries before its time. */
  | 'early-rollback'
  | 'cancel'
  /** A sweep of a shard after every deadline. */
  | 'sweep'
  /** A sweep of a shard before any payment window is over. */
  | 'sweep-soon'
  /** A sweep that reads claims before shards: wrong, and here to be found. */
  | 'sweep-backwards'
  /** A sweep of the sale as it runs, conclusion included. */
  | 'sweep-sale'
  /** A delivery of a message of the orders queue: any that was ever sent, so that each may come late, twice, reordered. */
  | 'record'
  | 'restock'
  /** A look whether anything is left. */
  | 'scan';

export type Budget = Readonly<Partial<Record<Kind, number>>>;

export type Configuration = {
  readonly name: string;
  /** The quantity of each shopper. */
  readonly shoppers: readonly number[];
  readonly limit: number;
  readonly units: number | 'unlimited';
  /** 0 of unlimited stock. */
  readonly shards: number;
  /** Shards whose units are gone from the beginning, so that whoever comes must move on. */
  readonly empty?: readonly number[];
  /** Whether units cost nothing. */
  readonly free?: boolean;
  /** Whether an operator must agree before money goes back. */
  readonly approval?: boolean;
  readonly budget: Budget;
  /** How often an answer is lost and the call made again, or a message not taken. */
  readonly failures?: number;
  /** Whether messages and records are looked at. */
  readonly records?: boolean;
  /** Whether status and hints are looked at. */
  readonly status?: boolean;
  /** Left out where `npm run prove` has to be quick. */
  readonly large?: boolean;
};

export const SHOPPERS = ['ada', 'bob', 'eve'];

/** Instants. No step depends on a clock for its safety: what happens in time and what late is chosen, not waited for. */
export const NOW = OPENS_AT + 1000;
export const LATER = NOW + 2000;
/** Past the lease of an attempt, and in time for every payment. */
export const SOON = NOW + 40_000;

const WINDOW_SECONDS = 900;

/** Past every deadline of an order. */
export const LATE = LATER + (WINDOW_SECONDS + 120) * 1000;

/** Buys a second that one shard takes, so that a sale has as many as it is to have. */
const BUYS_PER_SHARD = 250;

export function saleOf({ limit, units, shards, free, approval }: Configuration): PublishedSale {
  return aPublishedSale({
    items: [anItem({ units, limit, price: free ? 0 : 5 })],
    closesAt: LATE,
    paymentWindow: WINDOW_SECONDS,
    ...(approval && { refunds: 'approval' as const }),
    admission: {
      ...{ expectedShoppers: 0, difficulty: 0, ticketSeconds: 10 },
      perSecond: BUYS_PER_SHARD * Math.max(1, shards),
    },
  });
}
