/** @module What a shopper needs to get to the till: a session, the door key, and a ticket whose slot has come. */

import { type Answer, beginSession, fetchTicket, type Ticket } from './api.ts';
import { type Door, findDoor } from './sale-flag.ts';
import type { ServerClock } from './server-clock.ts';

export type Admission = {
  /** A ticket that is still good for a request, from the last time or a new one. */
  ticket(): Promise<Answer<Ticket>>;
  renew(what: 'renew-ticket' | 'renew-session' | 'renew-door'): Promise<void>;
  /** The path that orders are posted to. */
  ordersPath(): string;
};

/** A ticket that expires sooner than this might do so on its way. */
const SPARE_MS = 2000;

export function admission(
  saleId: string,
  firstDoor: Door,
  clock: ServerClock,
  isOver: () => boolean,
): Admission {
  let door = firstDoor;
  let current: Ticket | undefined;
  return {
    async ticket() {
      if (current && clock.now() < current.expiresEpochMs - SPARE_MS) {
        return { ok: true, value: current };
      }
      const answer = await fetchTicket(saleId);
      if (answer.ok) current = answer.value;
      return answer;
    },
    async renew(what) {
      current = undefined;
      if (what === 'renew-session') await beginSession();
      if (what === 'renew-door') {
        door = (await findDoor(saleId, door.version + 1, isOver)) ?? door;
      }
    },
    ordersPath: () => `/api/sales/${saleId}/${door.key}/orders`,
  };
}
