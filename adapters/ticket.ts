/** @module The ticket: a short-lived permission to press Buy, bound to one shopper and one sale. */

import type { PublishedSale } from '../domain/sale.ts';
import { slotBase, slotOf, slotWidthMs } from '../domain/slots.ts';
import type { EpochMs } from '../domain/units.ts';
import { verify } from './hmac.ts';
import type { SecretValues } from './secrets.ts';

/** What a ticket is good for. */
export type TicketCheck = 'good' | 'ticket-invalid' | 'ticket-expired' | 'not-your-turn';

/** Checks a ticket again that the gate has let through: the gate is not the only door. */
export function checkTicket(
  keys: SecretValues,
  sale: PublishedSale,
  shopper: string,
  ticket: string,
  now: EpochMs,
): TicketCheck {
  const values = verify(keys, 'ticket', ticket, shopper);
  if (values === undefined) return 'ticket-invalid';
  const { s, f: lot, e: expires } = values;
  const isWhole = s === sale.id && typeof lot === 'number' && typeof expires === 'number';
  if (!isWhole) return 'ticket-invalid';
  if (expires <= now) return 'ticket-expired';
  const slot = slotOf(slotBase(sale), slotWidthMs(sale.admission), lot);
  return now < slot ? 'not-your-turn' : 'good';
}
