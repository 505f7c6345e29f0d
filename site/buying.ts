/** @module From the click on Buy to an order or a refusal: tries again where that makes sense, and says so. */

import type { Admission, Renewal } from './admission.ts';
import { type Answer, type Order, type Problem, placeOrder, type Ticket } from './api.ts';
import { retryDelayMs, sleep } from './waiting.ts';

export type Move = 'wait' | 'wait-for-slot' | Renewal | 'give-up';

type Purchase =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type Wish = {
  readonly sku: string;
  readonly quantity: number;
  /** An earlier answer may have been lost: then the shopper's order is looked for even after "sold out". */
  readonly again: boolean;
};

export type Listener = {
  /** The ticket for the next request; resolves when its slot has come. */
  onTicket(ticket: Ticket): Promise<void>;
  /** Before each wait. */
  onWait(problem: Problem): void;
};

/** With waits of 8 s and more, several minutes: longer than any crowd lasts. */
const MAX_ATTEMPTS = 40;

/** What was renewed this often and is refused again will not be accepted. */
const MAX_RENEWALS = 3;

const MOVES: Readonly<Record<string, Move>> = {
  busy: 'wait',
  'too-many-requests': 'wait',
  'not-open': 'wait',
  unavailable: 'wait',
  unreachable: 'wait',
  // After a pause the slots begin anew: only a new ticket says when.
  paused: 'wait-for-slot',
  'not-your-turn': 'wait-for-slot',
  'ticket-invalid': 'ticket',
  'ticket-expired': 'ticket',
  'challenge-failed': 'solution',
  'session-missing': 'session',
  'door-key-wrong': 'door',
};

/** Answers after which nobody can know whether there is an order: it was lost, or it never was. */
const UNSURE: ReadonlySet<string> = new Set(['unreachable', 'unavailable']);

/** Whether an order may have been made although this was answered. */
export const isUnsure = ({ code }: Problem): boolean => UNSURE.has(code);

/** What to do about a refusal. Trying again is safe: a shopper who has an open order is answered with that order. */
export function moveAfter(problem: Problem, attempts: number, renewals: number): Move {
  const move = MOVES[problem.code] ?? 'give-up';
  if (attempts >= MAX_ATTEMPTS) return 'give-up';
  return isRenewal(move) && renewals >= MAX_RENEWALS ? 'give-up' : move;
}

const isRenewal = (move: Move): move is Renewal =>
  move !== 'wait' && move !== 'wait-for-slot' && move !== 'give-up';

/** Buys. */
export async function buy(admission: Admission, wish: Wish, listener: Listener): Promise<Purchase> {
  let renewals = 0;
  let again = wish.again;
  for (let attempts = 1; ; attempts++) {
    const answer = await attempt(admission, { ...wish, again }, listener);
    if (answer.ok) return { kind: 'order', order: answer.value };
    again ||= isUnsure(answer.problem);
    const move = moveAfter(answer.problem, attempts, renewals);
    if (move === 'give-up') return { kind: 'refused', problem: answer.problem };
    if (isRenewal(move)) {
      renewals++;
      await admission.renew(move);
      continue;
    }
    listener.onWait(answer.problem);
    await sleep(retryDelayMs(attempts - 1, delayOf(answer.problem)));
    if (move === 'wait-for-slot') await admission.renew('ticket');
  }
}

/** When the turn comes is what the new ticket says: that is asked for soon, and not when the old turn would have come. */
const delayOf = ({ code, retryAfterSeconds }: Problem): number | undefined =>
  code === 'not-your-turn' ? 1 : retryAfterSeconds;

async function attempt(
  admission: Admission,
  { sku, quantity, again }: Wish,
  listener: Listener,
): Promise<Answer<Order>> {
  const ticket = await admission.ticket();
  if (!ticket.ok) return ticket;
  await listener.onTicket(ticket.value);
  const query = new URLSearchParams({ sku, quantity: String(quantity) });
  if (again) query.set('again', '1');
  return placeOrder(`${admission.ordersPath()}?${query}`, ticket.value.ticket);
}
