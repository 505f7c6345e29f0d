/** @module One order of the shopper: what it is, how long there is to pay, Pay and Cancel. */

import { remainingText } from './countdown.ts';
import { fromTemplate, offer, part, say, within } from './dom.ts';
import { priceText } from './money.ts';
import { type OrderOnPage, orderState, skuOf } from './page-state.ts';
import { releasedText, reservedText, TEXT } from './texts.ts';

export type OrderActions = {
  pay(orderId: string): void;
  cancel(orderId: string): void;
  dismiss(orderId: string): void;
};

export type OrderView = {
  readonly element: HTMLElement;
  update(shown: OrderOnPage, nowMs: number): void;
};

export function orderView(
  orderId: string,
  nameOf: (sku: string) => string,
  actions: OrderActions,
): OrderView {
  const element = fromTemplate('order-template');
  element.dataset['orderId'] = orderId;
  say(part(element, 'number'), `Order ${orderId}`);
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
    update(shown, nowMs) {
      const { order, busy, checking, message } = shown;
      const leftMs = (order.payByEpochMs ?? nowMs) - nowMs;
      const isOpen = order.status === 'RESERVED';
      element.dataset['state'] = orderState(shown);
      say(part(element, 'name'), nameOf(skuOf(order)));
      say(part(element, 'state'), stateText(shown, leftMs));
      say(part(element, 'countdown'), isOpen && leftMs > 0 ? remainingText(leftMs) : '');
      offer(pay, isOpen && !checking && leftMs > 0, !busy);
      offer(cancel, isOpen && !checking && leftMs > 0, !busy);
      offer(dismiss, order.status === 'RELEASED');
      say(part(element, 'message'), message);
    },
  };
}

function stateText({ order, checking }: OrderOnPage, leftMs: number): string {
  if (order.status === 'PAID') return TEXT.paid;
  if (order.status === 'RELEASED') return releasedText(order.reason);
  if (checking) return TEXT.checking;
  return leftMs > 0
    ? reservedText(priceText(order.amountMinor, order.currency), order.quantity)
    : TEXT.expiring;
}
