/** @module The sale page as a whole: banner, orders, items. Shows a page state; decides nothing. */

import type { Sale } from './api.ts';
import { instantText, remainingText } from './countdown.ts';
import { byId, say } from './dom.ts';
import { type ItemView, itemView } from './item-view.ts';
import { type OrderActions, type OrderView, orderView } from './order-view.ts';
import { isSoldOut, type Page, type Stage, stageOf, stateOf } from './page-state.ts';
import { TEXT } from './texts.ts';

export type SaleView = {
  show(page: Page, nowMs: number): void;
  /** Moves the keyboard to what the shopper needs next; nothing happens where it is not to be had. */
  focus(selector: string): void;
};

const STATUS: Readonly<Record<Stage, string>> = {
  loading: 'One moment …',
  unknown: TEXT.unknown,
  'no-session': TEXT.noSession,
  waiting: TEXT.waiting,
  opening: TEXT.opening,
  slot: TEXT.slot,
  open: TEXT.open,
  paused: TEXT.paused,
  closed: TEXT.closed,
};

export function saleView(
  actions: OrderActions & { buy(sku: string, quantity: number): void },
): SaleView {
  const items: ItemView[] = [];
  const orders = new Map<string, OrderView>();
  return {
    show(page, nowMs) {
      byId('sale').dataset['state'] = stateOf(page);
      if (page.sale && items.length === 0) items.push(...listItems(page.sale, actions.buy));
      showBanner(page, nowMs);
      showOrders(page, nowMs, orders, actions);
      for (const item of items) item.update(page);
    },
    focus: (selector) => byId('sale').querySelector<HTMLElement>(selector)?.focus(),
  };
}

function listItems(sale: Sale, onBuy: (sku: string, quantity: number) => void): ItemView[] {
  document.title = sale.title;
  say(byId('title'), sale.title);
  const items = sale.items.map((item) => itemView(item, sale.currency, onBuy));
  byId('items').replaceChildren(...items.map(({ element }) => element));
  byId('items-section').hidden = false;
  return items;
}

function showBanner(page: Page, nowMs: number): void {
  const stage = stageOf(page);
  const soldOut = stage === 'open' && isSoldOut(page);
  byId('banner').dataset['stage'] = soldOut ? 'sold-out' : stage;
  say(byId('status'), page.buying?.progress ?? (soldOut ? TEXT.soldOut : STATUS[stage]));
  const leftMs = waitsUntil(page, stage, nowMs) - nowMs;
  say(byId('countdown'), leftMs > 0 ? remainingText(leftMs) : '');
  say(byId('opens'), page.sale && stage === 'waiting' ? instantText(page.sale.opensAtEpochMs) : '');
}

/** What the big countdown counts down to; the present when it has nothing to count. */
function waitsUntil({ sale, slotEpochMs = 0 }: Page, stage: Stage, nowMs: number): number {
  if (stage === 'slot') return slotEpochMs;
  return stage === 'waiting' && sale ? sale.opensAtEpochMs : nowMs;
}

function showOrders(
  page: Page,
  nowMs: number,
  views: Map<string, OrderView>,
  actions: OrderActions,
): void {
  const nameOf = (sku: string) => page.sale?.items.find((item) => item.sku === sku)?.name ?? sku;
  const list = byId('orders');
  for (const [id, view] of views) {
    if (page.orders.some(({ order }) => order.orderId === id)) continue;
    view.element.remove();
    views.delete(id);
  }
  for (const [index, shown] of page.orders.entries()) {
    const id = shown.order.orderId;
    const view = views.get(id) ?? orderView(id, nameOf, actions);
    if (list.children[index] !== view.element)
      list.insertBefore(view.element, list.children[index] ?? null);
    views.set(id, view);
    view.update(shown, nowMs);
  }
  byId('orders-section').hidden = page.orders.length === 0;
}
