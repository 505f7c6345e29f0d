/** @module What a shopper needs to get to the till: a session, a ticket for their own slot, and the door key. */

import { type Answer, beginSession, fetchTicket, type Sale, type Ticket } from './api.ts';
import type { Solver } from './challenge.ts';
import { type Door, findDoor } from './sale-flag.ts';
import type { ServerClock } from './server-clock.ts';
import { inTab } from './storage.ts';

/** What can be got anew when the shop does not accept it any more. */
export type Renewal = 'ticket' | 'solution' | 'session' | 'door';

export type Admission = {
  /** A ticket that is still good for a request, from the last time or a new one. */
  ticket(): Promise<Answer<Ticket>>;
  renew(what: Renewal): Promise<void>;
  /** Looks for the door key until the sale has opened; false when it is over before. */
  findDoor(): Promise<boolean>;
  /** The path that orders are posted to, once the door is found. */
  ordersPath(): string;
  /** The code that the shopper entered last, as the shop compares it. */
  readonly code: string | undefined;
  /** Keeps a code for this tab, and with it the way back in after a reload. */
  enterCode(text: string): void;
};

/** A ticket that expires sooner than this might do so on its way. */
const SPARE_MS = 2000;

export function admission(
  sale: Sale,
  solver: Solver,
  clock: ServerClock,
  isOver: () => boolean,
): Admission {
  const codeKey = `flash-sale.code.${sale.id}`;
  let door: Door = { key: '', version: 0 };
  let current: Ticket | undefined;
  let asking: Promise<Answer<Ticket>> | undefined;
  // While places are still to be drawn, that is answered before any proof of work is looked at.
  let isProofAsked = sale.challenge === true && sale.draw === undefined;

  const solve = async (): Promise<Answer<string | undefined>> =>
    isProofAsked ? solver.solution() : { ok: true, value: undefined };

  const ask = async (): Promise<Answer<Ticket>> => {
    const solved = await solve();
    if (!solved.ok) return solved;
    const code = inTab.get(codeKey) ?? undefined;
    const captcha = sale.access?.captcha;
    const answer = await fetchTicket(sale.id, { solution: solved.value, code, captcha });
    if (answer.ok) current = answer.value;
    if (isProofAsked || answer.ok || answer.problem.code !== 'challenge-failed') return answer;
    isProofAsked = true;
    return ask();
  };

  return {
    async ticket() {
      if (current && clock.now() < current.expiresEpochMs - SPARE_MS) {
        return { ok: true, value: current };
      }
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    async renew(what) {
      current = undefined;
      if (what === 'solution') solver.drop();
      if (what === 'session') await beginSession();
      if (what === 'door') door = (await findDoor(sale.id, door.version + 1, isOver)) ?? door;
    },
    async findDoor() {
      const found = await findDoor(sale.id, 1, isOver);
      door = found ?? door;
      return found !== undefined;
    },
    ordersPath: () => `/api/sales/${sale.id}/${door.key}/orders`,
    get code() {
      return inTab.get(codeKey) ?? undefined;
    },
    enterCode: (text) => inTab.set(codeKey, text.trim().toUpperCase()),
  };
}
