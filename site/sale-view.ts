/** @module The sale page as a whole: times, banner, barrier, orders, items. Shows a page state; decides nothing. */

import { showBanner } from './banner-view.ts';
import { type BarrierActions, barrierView } from './barrier-view.ts';
import { byId, say } from './dom.ts';
import { type ItemView, itemView } from './item-view.ts';
import { texts } from './language.ts';
import { type OrderActions, orderList } from './order-view.ts';
import { type Page, stateOf } from './page-state.ts';

export type SaleView = {
  show(page: Page, nowMs: number): void;
  /** Moves the keyboard to what the shopper needs next; nothing happens where it is not to be had. */
  focus(selector: string): void;
};

export function saleView(
  actions: OrderActions & BarrierActions & { buy(sku: string, quantity: number): void },
): SaleView {
  const items: ItemView[] = [];
  const orders = orderList(actions);
  const barrier = barrierView(actions);
  return {
    show(page, nowMs) {
      byId('sale').dataset['state'] = stateOf(page);
      say(byId('offline'), page.isOffline ? texts().offline : '');
      if (page.sale && items.length === 0) items.push(...listItems(page, actions.buy));
      showBanner(page, nowMs);
      barrier.show(page);
      orders.show(page, nowMs);
      for (const item of items) item.update(page, nowMs);
    },
    focus: (selector) => byId('sale').querySelector<HTMLElement>(selector)?.focus(),
  };
}

function listItems(
  { sale }: Page,
  onBuy: (sku: string, quantity: number) => void,
): readonly ItemView[] {
  if (!sale) return [];
  document.title = `${sale.title} · ${texts().fixed.shop}`;
  say(byId('title'), sale.title);
  const items = sale.items.map((item) => itemView(item, sale.currency, onBuy));
  byId('items').replaceChildren(...items.map(({ element }) => element));
  byId('items-section').hidden = false;
  byId('how').hidden = false;
  // Without slots there is no lot to explain.
  byId('how-place').hidden = !sale.slotWidthMs;
  byId('drawing').hidden = !sale.slotWidthMs;
  return items;
}
