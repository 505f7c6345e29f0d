/** @module Every sentence that the page says. A second language is a second file like this one. */

import type { Problem } from './api.ts';

export const TEXT = {
  waiting: 'The sale opens soon. Keep this page open: it will be ready at the second.',
  opening: 'The sale is opening …',
  slot: 'The sale is open. Your turn comes in a moment: everybody gets a place by lot, so there is no need to hurry.',
  open: 'The sale is open.',
  paused: 'The sale is paused for a moment. Keep this page open: it goes on by itself.',
  closed: 'The sale is over. Thank you for coming.',
  soldOut: 'Everything is sold.',
  unknown: 'There is no such sale. Perhaps the address is incomplete.',
  noSession: 'Please sign in to take part in this sale.',
  unreachable: 'We cannot reach the shop. We keep trying; check your connection.',
  buying: 'Reserving yours …',
  inLine:
    'Many people are buying at this moment. You are in line; there is no need to click again …',
  listEmpty: 'There are no sales at the moment.',
  checking:
    'We are waiting for the payment provider to confirm your payment. This takes a few seconds …',
  unconfirmed:
    'We have not heard from the payment provider yet. If you paid, this page will show it.',
  declined: 'The payment did not go through. You can try again until the time is up.',
  redirecting: 'Taking you to the payment page …',
  cancelling: 'Cancelling …',
  paid: 'Paid. It is yours, thank you!',
  expiring: 'The time to pay is over. The order is being released …',
} as const;

export const reservedText = (amount: string, quantity: number): string =>
  `${quantity === 1 ? 'Reserved' : `${quantity} reserved`} for you. Pay ${amount} before the time is up.`;

export function releasedText(reason: string | undefined): string {
  if (reason === 'cancelled') return 'You cancelled this order. Nothing was charged.';
  if (reason === 'sold-out') return 'It was sold out. Nothing was charged.';
  if (reason === 'payment-refunded')
    return 'This order was released, and your money is on its way back to you.';
  return 'This order was not paid in time and has been released. If you did pay, the money goes back to you.';
}

export function stockText(remaining: number | null, unpaid: number, soldOut: boolean): string {
  if (soldOut && unpaid > 0) {
    return `Sold out. ${unpaid} in orders that are not settled yet: some may come back.`;
  }
  if (soldOut) return 'Sold out.';
  // Not sold out yet: what is reserved may come back, and the count may be a few seconds old.
  if (remaining === 0) return 'None left right now';
  return remaining === null ? '' : `${remaining} left`;
}

export const limitText = (limit: number): string =>
  limit === 1 ? 'One per person.' : `At most ${limit} per person.`;

const REFUSED: Readonly<Record<string, string>> = {
  'sold-out': 'Sold out. Someone else was quicker; if units come back, this page says so.',
  'limit-reached': 'You already have as many of these as one person may buy.',
  'not-eligible': 'This sale is not open to your account.',
  'unknown-item': 'This item is not part of the sale.',
  'unknown-sale': 'There is no such sale.',
  'unknown-order': 'We do not know this order. It may belong to another account.',
  'order-state': 'This order can no longer be changed: it is paid, or its time is over.',
  'session-missing': 'Please sign in to buy.',
  'door-key-wrong': 'The sale has changed. Please reload the page.',
  'ticket-invalid': 'Your place in line was not accepted. Please reload the page.',
  'ticket-expired': 'Your place in line has expired. Please try again.',
  'not-open': 'The sale has not opened yet.',
  closed: 'The sale is over.',
  paused: 'The sale is paused. Please try again in a moment.',
  busy: 'Too many people at once, and none left for your request yet. Please try again.',
  'not-your-turn': 'Your turn has not come yet. Please try again in a moment.',
  'too-many-requests': 'Too many requests. Please wait a moment and try again.',
  unavailable: 'The shop does not answer. Please try again in a moment; nobody is charged twice.',
  unreachable:
    'We cannot reach the shop. Check your connection and try again; nobody is charged twice.',
};

/** What a refusal means for the shopper, and what can be done. */
export function refusalText(problem: Problem): string {
  if (problem.code === 'quantity-unavailable') {
    return problem.largest
      ? `So many are not left together. You can still get ${problem.largest}.`
      : 'So many are not left together. Try fewer.';
  }
  return REFUSED[problem.code] ?? 'That did not work. Please reload the page and try again.';
}
