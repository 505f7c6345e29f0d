/** @module The orders of this browser, and what this tab has asked for without an answer, so that a reload loses neither. */

import { inTab, lasting } from './storage.ts';

const keyOf = (saleId: string): string => `flash-sale.orders.${saleId}`;

const askedKeyOf = (saleId: string): string => `flash-sale.asked.${saleId}`;

/** Newest first. A browser that keeps nothing has none. */
export const rememberedOrders = (saleId: string): readonly string[] =>
  listIn(lasting.get(keyOf(saleId)));

export function rememberOrder(saleId: string, orderId: string): void {
  const others = rememberedOrders(saleId).filter((id) => id !== orderId);
  lasting.set(keyOf(saleId), JSON.stringify([orderId, ...others]));
}

export function forgetOrder(saleId: string, orderId: string): void {
  const others = rememberedOrders(saleId).filter((id) => id !== orderId);
  lasting.set(keyOf(saleId), JSON.stringify(others));
}

/** Calls back when another tab has remembered or forgotten an order. */
export function watchOrders(saleId: string, run: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === keyOf(saleId)) run();
  });
}

/** The SKUs that were asked for, and for which no answer has come. */
export const askedFor = (saleId: string): readonly string[] =>
  listIn(inTab.get(askedKeyOf(saleId)));

/** Notes whether the answer for a SKU is still out. */
export function noteAsked(saleId: string, sku: string, isOut: boolean): void {
  const others = askedFor(saleId).filter((other) => other !== sku);
  inTab.set(askedKeyOf(saleId), JSON.stringify(isOut ? [sku, ...others] : others));
}

function listIn(text: string | null): readonly string[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
