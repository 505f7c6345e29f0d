/** @module What a purchase comes to, as a reply. */

import type { ItemKey } from '../../domain/items.ts';
import { orderIdOf } from '../../domain/order-id.ts';
import type { PurchaseOutcome } from '../../domain/purchase.ts';
import type { Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';

export function replyOf(item: ItemKey, outcome: PurchaseOutcome): Reply | Problem {
  switch (outcome.kind) {
    case 'order':
      return ordered(item, outcome);
    case 'not-open':
      return problem('not-open', 'The sale has not opened yet', {
        opensAtEpochMs: outcome.opensAt,
      });
    case 'paused':
      return problem('paused', 'The sale is paused: your place is kept');
    case 'closed':
      return problem('closed', 'The sale is over');
    case 'limit-reached':
      return problem('limit-reached', 'One shopper cannot have more of this item');
    case 'not-eligible':
      return problem(
        'not-eligible',
        'An order of yours was not paid in time, and this sale gives no second one',
      );
    case 'sold-out':
      return problem('sold-out', 'Every unit is sold or held');
    case 'quantity-unavailable':
      return problem(
        'quantity-unavailable',
        `At most ${outcome.largest} can be had in one order now`,
        {
          largest: outcome.largest,
        },
      );
    case 'busy':
      return problem('busy', 'Too much is going on: please try again in a second');
  }
}

function ordered(
  item: ItemKey,
  { claim, fresh }: Extract<PurchaseOutcome, { kind: 'order' }>,
): Reply {
  const { holder, state, quantity, amount, currency, payBy } = claim;
  return {
    statusCode: fresh ? 201 : 200,
    body: {
      orderId: orderIdOf({ ...item, holder }),
      status: state,
      quantity,
      amountMinor: amount,
      currency,
      ...(payBy === undefined ? {} : { payByEpochMs: payBy }),
    },
  };
}
