/** @module Presses of Buy that no gate may let through, and the code that each must meet. */

import type { Reply } from '../client.ts';
import type { Random } from '../random.ts';
import { between } from '../random.ts';
import { codeIn } from './contract.ts';
import type { Judged } from './ledger.ts';

/** What somebody who tries has in hand. */
export type Loot = {
  readonly cookie: string;
  /** Good, and of this very session. */
  readonly ticket: string;
  /** From when on the ticket is admitted, and until when; epoch ms at the server. */
  readonly slot: number;
  readonly expires: number;
  /** Another session's. */
  readonly foreignTicket: string;
  /** Of this session for another sale. */
  readonly otherSaleTicket: string | undefined;
  /** A ticket that was good once, and until when. */
  readonly oldTicket: { readonly token: string; readonly expires: number };
  readonly opensAt: number;
  /** Known once the sale has opened. */
  readonly doorKey: string | undefined;
};

export type Press = {
  readonly kind: BadKind;
  readonly cookie: string;
  readonly ticket: string;
  readonly doorKey: string;
  readonly expected: string;
};

/** What every request may meet besides: the web ACL, throttles, the end of the sale, a pause. */
const ALWAYS = new Set<string | undefined>(['blocked', 'too-many-requests', 'closed', 'paused']);

/** What is not decided so shortly before or after an instant, for the machine knows the time to some ms. */
const MARGIN_MS = 1_500;

type Kind = {
  readonly expected: string;
  /** Whether it can be tried now, which is before the opening or after. */
  readonly can: (loot: Loot, now: number) => boolean;
  readonly make: (
    loot: Loot,
    chance: Random,
  ) => Partial<Pick<Press, 'cookie' | 'ticket' | 'doorKey'>>;
};

const NO_KEY = 'no-door-key';

/** The door key is known, and so the sale has opened. */
const inside = ({ doorKey }: Loot): boolean => doorKey !== undefined;

const KINDS = {
  'too early': {
    expected: 'not-open',
    can: ({ opensAt }, now) => now < opensAt - MARGIN_MS,
    make: () => ({}),
  },
  'no ticket': { expected: 'ticket-invalid', can: inside, make: () => ({ ticket: '' }) },
  garbage: {
    expected: 'ticket-invalid',
    can: inside,
    make: (_loot, chance) => ({ ticket: 'k1.bm90IGEgdGlja2V0.'.repeat(between(chance, 1, 40)) }),
  },
  forged: {
    expected: 'ticket-invalid',
    can: inside,
    make: ({ ticket }, chance) => ({ ticket: forged(ticket, chance) }),
  },
  "other shopper's": {
    expected: 'ticket-invalid',
    can: inside,
    make: ({ foreignTicket }) => ({ ticket: foreignTicket }),
  },
  "other sale's": {
    expected: 'ticket-invalid',
    can: (loot) => inside(loot) && loot.otherSaleTicket !== undefined,
    make: ({ otherSaleTicket = '' }) => ({ ticket: otherSaleTicket }),
  },
  expired: {
    expected: 'ticket-expired',
    can: (loot, now) => inside(loot) && now > loot.oldTicket.expires + MARGIN_MS,
    make: ({ oldTicket }) => ({ ticket: oldTicket.token }),
  },
  'before its slot': {
    expected: 'not-your-turn',
    can: (loot, now) => inside(loot) && now < loot.slot - MARGIN_MS,
    make: () => ({}),
  },
  'wrong door key': {
    expected: 'door-key-wrong',
    can: inside,
    make: ({ doorKey = '' }) => ({
      doorKey: `${doorKey.slice(1)}${doorKey[0] === 'x' ? 'y' : 'x'}`,
    }),
  },
  'no session': { expected: 'session-missing', can: inside, make: () => ({ cookie: '' }) },
} as const satisfies Record<string, Kind>;

export type BadKind = keyof typeof KINDS;

/** What can be tried for some seconds only is tried more often while it can. */
const TIMELY: readonly BadKind[] = ['before its slot', 'expired'];
const TIMELY_SHARE = 0.5;

export const BAD_KINDS = Object.keys(KINDS) as readonly BadKind[];

/** A bad press of a kind that can be tried now; nothing where none can. */
export function badPress(loot: Loot, now: number, chance: Random): Press | undefined {
  const able = BAD_KINDS.filter((name) => (KINDS[name] as Kind).can(loot, now));
  const timely = able.filter((name) => TIMELY.includes(name));
  const some = timely.length > 0 && chance() < TIMELY_SHARE ? timely : able;
  const kind = some[between(chance, 0, some.length - 1)];
  if (kind === undefined) return undefined;
  const { cookie, ticket, doorKey = NO_KEY } = loot;
  const { expected, make }: Kind = KINDS[kind];
  return { kind, expected, cookie, ticket, doorKey, ...make(loot, chance) };
}

/** Whether a bad press was refused as it must be. No answer at all decides nothing. */
export function judgePress({ kind, expected }: Press, reply: Reply): Judged | undefined {
  if (reply.status === 0) return undefined;
  const code = codeIn(reply);
  const isRight = reply.status >= 400 && (code === expected || ALWAYS.has(code));
  const said = code === undefined ? `${reply.status}` : `${reply.status} ${code}`;
  const why = isRight ? undefined : `${kind}: answered ${said} in place of ${expected}`;
  return { rule: 'bad-ticket', why };
}

/** A ticket of which one character is another. */
function forged(ticket: string, chance: Random): string {
  // Not the last, of whose six bits the MAC uses four.
  const place = between(chance, 0, ticket.length - 2);
  const other = ticket[place] === 'A' ? 'B' : 'A';
  return `${ticket.slice(0, place)}${other}${ticket.slice(place + 1)}`;
}
