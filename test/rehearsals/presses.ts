/** @module Presses of Buy, taken down for the audit. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { saidOfOrder } from '../../load/buying.ts';
import type { Visitor } from './visitors.ts';
import type { Hit } from './volley.ts';

/** The audit's view of an answer to Buy. */
export function answerOf(visitor: Visitor, hit: Hit, askedAt: number, at: number): ShopperAnswer {
  const code = hit.status === 0 ? 'unreachable' : hit.code;
  return {
    shopper: visitor.cookie,
    sku: 'unit',
    quantity: 1,
    askedAt,
    at,
    status: hit.status,
    ...(code !== undefined && { code }),
    ...saidOfOrder(hit.body),
  };
}

/** Refusals after which it makes sense to press again. */
const UNDECIDED = new Set(['not-your-turn', 'not-open', 'busy', 'paused', 'too-many-requests']);

/** Whether an answer says what becomes of the shopper. */
export const isDecided = ({ status, code = '' }: Hit): boolean =>
  status > 0 && status < 500 && !UNDECIDED.has(code) && !/^(ticket|door)-/.test(code);
