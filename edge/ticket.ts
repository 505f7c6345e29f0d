/**
 * @module
 * The ticket: a short-lived permission to press Buy, bound to a shopper and a sale. It carries the shopper's fraction,
 * which decides the slot: the instant, at or after the opening, from which the ticket is admitted.
 */

import { comeBack, json, problem } from './answers.ts';
import type { GateResponse } from './event.ts';
import type { Session } from './session.ts';
import { hmac, seal, unseal } from './signature.ts';
import type { SaleEntry } from './store.ts';

/** A ticket lives this long after its slot: time for one click and one retry. */
const AFTER_SLOT_MS = 10_000;

/** A ticket lives at least this long, for whoever comes after the slot. */
const AFTER_ISSUE_MS = 60_000;

/** Fractions are 16 bits: fine enough that a slot width of a minute is cut into milliseconds. */
const FRACTIONS = 65_536;

/** Uniform over shoppers, stable for a shopper, not choosable. */
function fractionOf(shopperId: string, seed: string): number {
  return parseInt(hmac(seed, `slot.${shopperId}`, 'hex').slice(0, 4), 16);
}

function slotOf(entry: SaleEntry, fraction: number): number {
  return entry.o + Math.floor((fraction * entry.w) / FRACTIONS);
}

export function issueTicket(
  saleId: string,
  entry: SaleEntry,
  session: Session,
  nowMs: number,
): GateResponse {
  const fraction = fractionOf(session.shopperId, entry.s);
  const slot = slotOf(entry, fraction);
  const expires = Math.max(slot + AFTER_SLOT_MS, nowMs + AFTER_ISSUE_MS);
  const content = { s: saleId, f: fraction, e: expires };
  const ticket = seal(session.keys, 'ticket', content, `.${session.shopperId}`);
  return json({ ticket, slotEpochMs: slot, expiresEpochMs: expires });
}

/** Why a ticket does not admit its bearer now, or nothing. */
export function ticketRefusal(
  token: string | undefined,
  saleId: string,
  entry: SaleEntry,
  session: Session,
  nowMs: number,
): GateResponse | undefined {
  const content = unseal(session.keys, 'ticket', token, `.${session.shopperId}`);
  const fraction = content?.['f'];
  const expires = content?.['e'];
  if (content?.['s'] !== saleId || typeof fraction !== 'number' || typeof expires !== 'number') {
    return problem('ticket-invalid', 'The ticket is missing, or not yours, or for another sale.');
  }
  if (nowMs >= expires) return problem('ticket-expired', 'Ask for a new ticket.');
  const waitMs = slotOf(entry, fraction) - nowMs;
  return waitMs > 0
    ? comeBack('not-your-turn', 'Your slot has not come yet.', Math.ceil(waitMs / 1000))
    : undefined;
}
