/** @module What the sale page knows at a moment; the views show it, and only the flows change it. */

import type { ItemStatus, Order, Sale, SaleStatus } from './api.ts';

export type Stage =
  | 'loading'
  | 'unknown'
  | 'no-session'
  | 'waiting'
  | 'opening'
  | 'slot'
  | 'open'
  | 'paused'
  | 'closed';

/** An order of this shopper, and what the page is doing about it. */
export type OrderOnPage = {
  order: Order;
  /** Back from the payment provider, and waiting for its word. */
  checking: boolean;
  /** Pay or cancel is under way. */
  busy: boolean;
  message: string;
};

export type Page = {
  /** How far this page has come by itself; see {@link stageOf} for what it shows. */
  stage: Stage;
  /** What the shop said last. */
  phase?: SaleStatus['phase'];
  sale?: Sale;
  /** When this shopper's turn comes. */
  slotEpochMs?: number;
  readonly stock: Map<string, ItemStatus>;
  /** Newest first. */
  orders: OrderOnPage[];
  /** The SKU that is being bought, and what to say meanwhile. */
  buying?: { readonly sku: string; readonly progress: string };
  /** The last refusal of each SKU. */
  readonly refusals: Map<string, string>;
};

export const emptyPage = (): Page => ({
  stage: 'loading',
  stock: new Map(),
  orders: [],
  refusals: new Map(),
});

/** The page's own stage, unless the shop says that the sale is paused or closed. */
export function stageOf({ stage, phase }: Page): Stage {
  if (phase === 'closed' && stage !== 'no-session') return 'closed';
  return phase === 'paused' && stage === 'open' ? 'paused' : stage;
}

export function isSoldOut(page: Page): boolean {
  const items = page.sale?.items ?? [];
  return items.length > 0 && items.every(({ sku }) => page.stock.get(sku)?.soldOut);
}

/** Where the shopper stands, in one word: first what they are doing, then their newest order, then the sale. */
export function stateOf(page: Page): string {
  if (page.buying) return 'buying';
  const newest = page.orders[0];
  if (newest) return orderState(newest);
  const stage = stageOf(page);
  return stage === 'open' && isSoldOut(page) ? 'sold-out' : stage;
}

export function orderState({ order, checking }: OrderOnPage): string {
  if (order.status === 'RESERVED') return checking ? 'paying' : 'reserved';
  return order.status.toLowerCase();
}

/** The buy's own answer does not repeat the SKU, but its order id contains it. */
export const skuOf = (order: Order): string => order.sku ?? order.orderId.split('.')[1] ?? '';
