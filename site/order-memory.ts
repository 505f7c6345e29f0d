/** @module The orders of this browser, so that they are still there after a reload. */

const keyOf = (saleId: string): string => `flash-sale.orders.${saleId}`;

/** Newest first. A browser that keeps nothing has none. */
export function rememberedOrders(saleId: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(keyOf(saleId)) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberOrder(saleId: string, orderId: string): void {
  const others = rememberedOrders(saleId).filter((id) => id !== orderId);
  store(saleId, [orderId, ...others]);
}

export function forgetOrder(saleId: string, orderId: string): void {
  store(
    saleId,
    rememberedOrders(saleId).filter((id) => id !== orderId),
  );
}

function store(saleId: string, ids: readonly string[]): void {
  try {
    localStorage.setItem(keyOf(saleId), JSON.stringify(ids));
  } catch {
    // Storage is full or forbidden: the order is still in the address and at the shop.
  }
}
