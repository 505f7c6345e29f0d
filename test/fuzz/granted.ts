/** @module Orders that somebody was promised while fuzzing, for the audit. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { orderOf } from '../../domain/order-id.ts';
import type { HttpRequest, HttpResponse } from '../../local/http-message.ts';

/** Takes down what was granted, by sale. */
export function ledger(now: () => number) {
  const granted = new Map<string, ShopperAnswer[]>();
  return {
    granted,
    note({ method, path, headers }: HttpRequest, { status, body }: HttpResponse) {
      if (method !== 'POST' || !path.endsWith('/orders') || status >= 300) return;
      const { orderId, quantity } = JSON.parse(Buffer.from(body as string).toString());
      const { saleId = '?', sku = '?' } = orderOf(orderId) ?? {};
      const answers = granted.get(saleId) ?? [];
      granted.set(saleId, answers);
      // Whatever stood in the query: the order says itself what was granted.
      answers.push({
        ...{ shopper: headers['cookie'] ?? '', sku, quantity, at: now() },
        ...{ status, orderId },
      });
    },
  };
}
