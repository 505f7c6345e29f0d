/** @module What the sale page knows at a moment; the views show it, and only the flows change it. */

import type { ItemStatus, Order, Sale, SaleStatus, Ticket } from './api.ts';

export type Stage =
  | 'loading'
  | 'unknown'
  | 'waiting'
  | 'drawing'
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

/** What stands between the shopper and a ticket. */
export type Barrier = {
  /** The code of the problem. */
  readonly code: string;
  /** Nothing was refused yet: the page knows by itself that it will be asked for. */
  readonly isExpected?: boolean;
};

export type Page = {
  /** How far this page has come by itself; see {@link stageOf} for what it shows. */
  stage: Stage;
  /** What the shop said last. */
  phase?: SaleStatus['phase'];
  sale?: Sale;
  /** The shopper's own place, once it is known. */
  place?: Ticket;
  /** The places have not been drawn yet. */
  isDrawing: boolean;
  barrier?: Barrier | undefined;
  /** Nothing answers. */
  isOffline: boolean;
  readonly stock: Map<string, ItemStatus>;
  /** Until when the page says of a SKU that units came back; server time. */
  readonly returned: Map<string, number>;
  /** Newest first. */
  orders: OrderOnPage[];
  /** The SKU that is being bought, and what to say meanwhile. */
  buying?: { readonly sku: string; readonly progress: string };
  /** The last refusal of each SKU. */
  readonly refusals: Map<string, string>;
  /** SKUs of which nobody knows whether there is an order, for the answer was lost. */
  readonly unsure: Set<string>;
};

export const emptyPage = (): Page => ({
  stage: 'loading',
  isDrawing: false,
  isOffline: false,
  stock: new Map(),
  returned: new Map(),
  orders: [],
  refusals: new Map(),
  unsure: new Set(),
});

/** The page's own stage, unless the shop says that the sale is paused or closed. */
export function stageOf({ stage, phase, isDrawing }: Page): Stage {
  if (phase === 'closed') return 'closed';
  if (phase === 'paused' && (stage === 'open' || stage === 'slot')) return 'paused';
  return stage === 'waiting' && isDrawing ? 'drawing' : stage;
}

export function isSoldOut(page: Page): boolean {
  const items = page.sale?.items ?? [];
  return items.length > 0 && items.every(({ sku }) => page.stock.get(sku)?.soldOut);
}

/** Where the shopper stands, in one word: what they are doing, then their newest order, what they lack, then the sale. */
export function stateOf(page: Page): string {
  if (page.buying) return 'buying';
  const newest = page.orders[0];
  if (newest) return orderState(newest);
  const stage = stageOf(page);
  if (page.barrier && stage !== 'closed') return page.barrier.code;
  return stage === 'open' && isSoldOut(page) ? 'sold-out' : stage;
}

export function orderState({ order, checking }: OrderOnPage): string {
  if (order.status === 'RESERVED') return checking ? 'paying' : 'reserved';
  return order.status.toLowerCase();
}

/** The buy's own answer does not repeat the SKU, but its order id contains it. */
export const skuOf = (order: Pick<Order, 'sku' | 'orderId'>): string =>
  order.sku ?? order.orderId.split('.')[1] ?? '';

/** A page that was loaded before the closing was moved goes by the new one. */
export function takeClosing(page: Page, { closesAtEpochMs }: SaleStatus): void {
  if (page.sale && closesAtEpochMs !== undefined) page.sale = { ...page.sale, closesAtEpochMs };
}
