/** @module The shopper's orders: what each is, how long there is to pay, Pay and Cancel. */

import { remainingText } from './countdown.ts';
import { byId, fromTemplate, offer, part, say, within } from './dom.ts';
import { locale, texts } from './language.ts';
import { priceText } from './money.ts';
import { type OrderOnPage, orderState, type Page, skuOf } from './page-state.ts';

export type OrderActions = {
  pay(orderId: string): void;
  cancel(orderId: string): void;
  dismiss(orderId: string): void;
};

type OrderView = {
  readonly element: HTMLElement;
  update(shown: OrderOnPage, page: Page, nowMs: number): void;
};

/** From here on the page urges. */
const HURRY_MS = 60_000;

/** The list of orders, newest first. */
export function orderList(actions: OrderActions): { show(page: Page, nowMs: number): void } {
  const views = new Map<string, OrderView>();
  const list = byId('orders');
  return {
    show(page, nowMs) {
      dropGone(views, page);
      for (const [index, shown] of page.orders.entries()) {
        const id = shown.order.orderId;
        const view = views.get(id) ?? orderView(id, actions);
        const there = list.children[index] ?? null;
        if (there !== view.element) list.insertBefore(view.element, there);
        views.set(id, view);
        view.update(shown, page, nowMs);
      }
      byId('orders-section').hidden = page.orders.length === 0;
    },
  };
}

function dropGone(views: Map<string, OrderView>, page: Page): void {
  for (const [id, view] of views) {
    if (page.orders.some(({ order }) => order.orderId === id)) continue;
    view.element.remove();
    views.delete(id);
  }
}

function orderView(orderId: string, actions: OrderActions): OrderView {
  const element = fromTemplate('order-template');
  element.dataset['orderId'] = orderId;
  say(part(element, 'number'), texts().orderNumber(orderId));
  const button = (action: keyof OrderActions) => {
    const found = within<HTMLButtonElement>(element, `[data-action="${action}"]`);
    found.addEventListener('click', () => actions[action](orderId));
    return found;
  };
  const pay = button('pay');
  const cancel = button('cancel');
  const dismiss = button('dismiss');
  return {
    element,
    update(shown, page, nowMs) {
      const { order, busy, checking, message } = shown;
      const leftMs = (order.payByEpochMs ?? nowMs) - nowMs;
      const isOpen = order.status === 'RESERVED';
      element.dataset['state'] = orderState(shown);
      say(part(element, 'name'), nameOf(page, skuOf(order)));
      say(part(element, 'state'), stateText(shown, leftMs));
      showTimeLeft(element, isOpen ? leftMs : 0, page);
      offer(pay, isOpen && !checking && leftMs > 0, !busy);
      offer(cancel, isOpen && !checking && leftMs > 0, !busy);
      offer(dismiss, order.status === 'RELEASED');
      say(part(element, 'message'), message);
    },
  };
}

const nameOf = ({ sale }: Page, sku: string): string =>
  sale?.items.find((item) => item.sku === sku)?.name ?? sku;

function showTimeLeft(element: HTMLElement, leftMs: number, { sale }: Page): void {
  const countdown = part(element, 'countdown');
  say(countdown, leftMs > 0 ? remainingText(leftMs, texts().days) : '');
  countdown.setAttribute('aria-label', texts().timeToPay);
  const isHurry = leftMs > 0 && leftMs < HURRY_MS;
  element.dataset['hurry'] = String(isHurry);
  const bar = part(element, 'left');
  const windowMs = (sale?.paymentWindowSeconds ?? 0) * 1000;
  bar.hidden = leftMs <= 0 || windowMs === 0;
  bar.style.setProperty('--left', String(Math.min(1, leftMs / windowMs)));
}

function stateText({ order, checking }: OrderOnPage, leftMs: number): string {
  const { paid, released, checking: waits, expiring, hurry, reserved } = texts();
  if (order.status === 'PAID') return paid;
  if (order.status === 'RELEASED') return released[order.reason ?? ''] ?? released['expired'] ?? '';
  if (checking) return waits;
  if (leftMs <= 0) return expiring;
  const amount = priceText(order.amountMinor, order.currency, locale());
  return leftMs < HURRY_MS ? hurry(amount) : reserved(amount, order.quantity);
}
