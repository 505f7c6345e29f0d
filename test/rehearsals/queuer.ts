/** @module A shopper with a ticket, who presses when it may, or every second whatever it is told. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import type { Clock } from '../../local/clock.ts';
import { answerOf, isDecided } from './presses.ts';
import type { Actor } from './stage.ts';
import { buyShot, keepTicket, ticketShot, type Visitor } from './visitors.ts';

const HAMMER_EVERY_MS = 1_000;

/** A page's timer fires late, never early. */
const REACTION_MS = 20;

/** Where somebody queues. */
export type Queue = {
  readonly clock: Clock;
  readonly sale: PublishedSale;
  /** Takes down every answer to Buy. */
  readonly answers: ShopperAnswer[];
};

/** Presses until something is decided, with a new ticket when the old one is too old. */
export function queuer(
  { clock, sale, answers }: Queue,
  visitor: Visitor,
  isHammering = false,
): Actor {
  let askedAt = 0;
  let needsTicket = false;
  return {
    next() {
      askedAt = clock.now();
      needsTicket = visitor.expires <= askedAt;
      return needsTicket ? ticketShot(sale.id, visitor) : buyShot(sale.id, sale.doorKey, visitor);
    },
    take(hit, now) {
      if (needsTicket) {
        keepTicket(visitor, hit);
        return Math.max(now, visitor.slot);
      }
      answers.push(answerOf(visitor, hit, askedAt, now));
      if (isDecided(hit)) return undefined;
      if (isHammering) return askedAt + HAMMER_EVERY_MS;
      return hit.code === 'not-your-turn' && visitor.slot > now
        ? visitor.slot + REACTION_MS
        : now + hit.retryAfter * 1_000;
    },
  };
}
