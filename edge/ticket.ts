/**
 * @module
 * The ticket: a short-lived permission to press Buy, bound to a shopper and a sale. It carries the shopper's lot, which
 * decides the slot: the instant, at or after the opening, from which the ticket is admitted.
 */

import { comeBack, json, problem } from './answers.ts';
import type { Asking } from './asking.ts';
import type { GateResponse } from './event.ts';
import { header } from './headers.ts';
import { hmac, seal, unseal } from './signature.ts';
import type { SaleEntry } from './store.ts';

/** How long a ticket lives beyond its slot where the sale says nothing else: time for one click and one retry. */
const LIFE_MS = 10_000;

/** Lots are 16 bits: fine enough that a slot width of a minute is cut into milliseconds. */
const LOTS = 65_536;

/** Uniform over shoppers, stable for a shopper, not choosable. */
function lotOf(shopperId: string, seed: string): number {
  return parseInt(hmac(seed, `slot.${shopperId}`, 'hex').slice(0, 4), 16);
}

function slotOf(entry: SaleEntry, lot: number): number {
  return (entry.e || entry.o) + Math.floor((lot * entry.w) / LOTS);
}

export function issueTicket(asking: Asking): GateResponse {
  const entry = asking.entry;
  const shopper = asking.session.shopperId;
  const lot = lotOf(shopper, entry.s);
  const slotEpochMs = slotOf(entry, lot);
  const expiresEpochMs = Math.max(slotEpochMs, asking.nowMs) + (entry.t || LIFE_MS);
  const content = { s: asking.saleId, f: lot, e: expiresEpochMs };
  const ticket = seal(asking.session.keys, 'ticket', content, `.${shopper}`);
  return json({ ticket, slotEpochMs, expiresEpochMs, lot, shopper });
}

/** Why a ticket does not admit its bearer now, or nothing. */
export function ticketRefusal(asking: Asking): GateResponse | undefined {
  const session = asking.session;
  const token = header(asking.event.request, 'x-ticket');
  const content = unseal(session.keys, 'ticket', token, `.${session.shopperId}`);
  const lot = content['f'];
  const expires = content['e'];
  if (content['s'] !== asking.saleId || typeof lot !== 'number' || typeof expires !== 'number') {
    return problem('ticket-invalid', 'The ticket is missing, or not yours, or for another sale.');
  }
  if (asking.nowMs >= expires) return problem('ticket-expired', 'Ask for a new ticket.');
  const waitMs = slotOf(asking.entry, lot) - asking.nowMs;
  return waitMs > 0
    ? comeBack('not-your-turn', 'Your slot has not come yet.', Math.ceil(waitMs / 1000))
    : undefined;
}
