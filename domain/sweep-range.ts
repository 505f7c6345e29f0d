/** @module Whether a message of the sweeps queue is one: what is not must fail alone, and write nothing. */

import type { SweepMessage } from './messages.ts';
import { NAME } from './sale.ts';

/** @param message whatever JSON has come */
export function isRange(message: SweepMessage): boolean {
  const { v, kind, saleId, sku, block } = message;
  const isItem = [saleId, sku].every((name) => typeof name === 'string' && NAME.test(name));
  return v === 1 && kind === 'sweep' && isItem && Number.isSafeInteger(block) && block >= 0;
}
