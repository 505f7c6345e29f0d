/** @module From the click on Buy to an order or a refusal: tries again where that makes sense, and says so. */

import type { Admission } from './admission.ts';
import { type Order, type Problem, placeOrder } from './api.ts';
import { retryDelayMs, sleep } from './waiting.ts';

export type Move = 'wait' | 'renew-ticket' | 'renew-session' | 'renew-door' | 'give-up';

type Purchase =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** With waits of 8 s and more, several minutes: longer than any crowd lasts. */
const MAX_ATTEMPTS = 40;

/** What was renewed this often and is refused again will not be accepted. */
const MAX_RENEWALS = 3;

const MOVES: Readonly<Record<string, Move>> = {
  busy: 'wait',
  'not-your-turn': 'wait',
  'too-many-requests': 'wait',
  'not-open': 'wait',
  paused: 'wait',
  unavailable: 'wait',
  unreachable: 'wait',
  'ticket-invalid': 'renew-ticket',
  'ticket-expired': 'renew-ticket',
  'session-missing': 'renew-session',
  'door-key-wrong': 'renew-door',
};

/** What to do about a refusal. Trying again is safe: a shopper who has an open order is answered with that order. */
export function moveAfter(problem: Problem, attempts: number, renewals: number): Move {
  const move = MOVES[problem.code] ?? 'give-up';
  if (attempts >= MAX_ATTEMPTS) return 'give-up';
  return move !== 'wait' && renewals >= MAX_RENEWALS ? 'give-up' : move;
}

/** Buys. `onWait` is called before each wait. */
export async function buy(
  admission: Admission,
  sku: string,
  quantity: number,
  onWait: (problem: Problem) => void,
): Promise<Purchase> {
  let renewals = 0;
  for (let attempts = 1; ; attempts++) {
    const answer = await attempt(admission, sku, quantity);
    if (answer.ok) return { kind: 'order', order: answer.value };
    const move = moveAfter(answer.problem, attempts, renewals);
    if (move === 'give-up') return { kind: 'refused', problem: answer.problem };
    if (move === 'wait') {
      onWait(answer.problem);
      await sleep(retryDelayMs(attempts - 1, answer.problem.retryAfterSeconds));
    } else {
      renewals++;
      await admission.renew(move);
    }
  }
}

async function attempt(admission: Admission, sku: string, quantity: number) {
  const ticket = await admission.ticket();
  if (!ticket.ok) return ticket;
  const query = new URLSearchParams({ sku, quantity: String(quantity) });
  return placeOrder(`${admission.ordersPath()}?${query}`, ticket.value.ticket);
}
