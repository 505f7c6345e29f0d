/** @module Laws of session cookies: gate and functions let in the same shoppers until the same instant. */

import { equal, match, notEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { sign } from '../../adapters/hmac.ts';
import { SESSION_SECONDS, sessionCookie, sessionIn, sessionToken } from '../../adapters/session.ts';
import { anEvent, answered, aSale, gateAt } from '../edge/gate-scene.ts';
import { OPENS_AT } from '../support/sales.ts';
import { keyRings, shopperIds, tampers, transactionIds } from './arbitraries.ts';
import { type Law, law } from './law.ts';

type Keys = { readonly active: string; readonly [kid: string]: string };

/** Milliseconds around the instant at which something ends. */
const around = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -90_000, max: 90_000 }));

const instants = fc.integer({ min: OPENS_AT - 1e9, max: OPENS_AT + 1e9 });

/** Whom the gate takes a cookie for, or nothing. */
async function atGate(keys: Keys, cookie: string, now: number): Promise<string | undefined> {
  const store = { keys, 'sale/demo': aSale({ o: 0, c: 9e15 }) };
  const event = anEvent({ method: 'POST', uri: '/api/sales/demo/ticket', cookie });
  const { code, body } = answered(await gateAt(now, store)(event));
  if (code !== undefined) equal(code, 'session-missing');
  return body['shopper'] as string | undefined;
}

/** Whom the functions take it for. */
const inFunction = (keys: Keys, cookie: string, now: number): string | undefined =>
  sessionIn(keys, `fs_session=${cookie}`, now)?.shopper;

/** A guest's cookie, from the gate. */
async function guestCookie(keys: Keys, requestId: string, now: number): Promise<string> {
  const store = { keys, settings: { guests: 'allowed' } };
  const event = anEvent({ method: 'POST', uri: '/api/session', requestId });
  return answered(await gateAt(now, store)(event)).cookie?.value ?? '';
}

const identified = fc.record(
  {
    shopper: shopperIds.map((id) => `i${id.slice(1)}`),
    membership: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
    createdAt: fc.nat({ max: 2_000_000_000 }),
  },
  { requiredKeys: ['shopper'] },
);

/** What a session could say, right or nearly right, about an instant. */
const contents = fc.record(
  {
    u: fc.oneof({ weight: 5, arbitrary: shopperIds }, fc.constantFrom('', 'x-1', null, 7, true)),
    t: fc.oneof({ weight: 5, arbitrary: transactionIds }, fc.constantFrom('', 'a b', null, 7)),
    e: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }).map((s) => OPENS_AT / 1000 + s) },
      fc.constantFrom<unknown>('9999999999', null, true, OPENS_AT / 1000 + 0.0005, -1, 1e300),
    ),
    g: fc.constantFrom<unknown>(1, 0, true, '1'),
  },
  { requiredKeys: [] },
);

const isOfOurForm = ({ u, t }: { readonly u?: unknown; readonly t?: unknown }) =>
  /^[gi]-[\w-]{22}$/.test(String(u)) && /^[\w-]{22}$/.test(String(t));

export const cookieLaws: readonly Law[] = [
  law(
    'cookie: a function lets in whom it has signed in until a day later, and so does the gate',
    [keyRings, identified, instants, around],
    async (keys, who, now, ms) => {
      const [, cookie = ''] = /^fs_session=([^;]+)/.exec(sessionCookie(keys, who, now, true)) ?? [];
      const end = (Math.floor(now / 1000) + SESSION_SECONDS) * 1000;
      const expected = ms < 0 ? who.shopper : undefined;
      equal(inFunction(keys, cookie, end + ms), expected);
      equal(await atGate(keys, cookie, end + ms), expected);
    },
  ),

  law(
    'cookie: the functions let in the guest that the gate has made, until a day later',
    [keyRings, fc.uuid(), instants, around],
    async (keys, request, now, ms) => {
      const cookie = await guestCookie(keys, request, now);
      const session = sessionIn(keys, `fs_session=${cookie}`, now);
      ok(session?.isGuest);
      match(session.shopper, /^g-[\w-]{22}$/);
      const end = (Math.floor(now / 1000) + SESSION_SECONDS) * 1000;
      equal(await atGate(keys, cookie, end + ms), ms < 0 ? session.shopper : undefined);
      equal(inFunction(keys, cookie, end + ms), ms < 0 ? session.shopper : undefined);
      notEqual(await guestCookie(keys, `${request}-2`, now), cookie);
    },
  ),

  law(
    'cookie: gate and functions let in the same, whatever was signed',
    [keyRings, contents, around],
    async (keys, content, ms) => {
      const cookie = sign(keys, 'session', content);
      const now = OPENS_AT + ms;
      const found = inFunction(keys, cookie, now);
      equal(await atGate(keys, cookie, now), isOfOurForm(content) ? found : undefined);
    },
  ),

  law(
    'cookie: a change of one character is nobody, to the gate and to the functions',
    [keyRings, identified, tampers],
    async (keys, who, tamper) => {
      const [, cookie = ''] =
        /^fs_session=([^;]+)/.exec(sessionCookie(keys, who, OPENS_AT, true)) ?? [];
      const changed = tamper(cookie);
      // Spaces around a cookie are the header's, not the cookie's.
      if (changed.trim() === cookie) return;
      equal(inFunction(keys, changed, OPENS_AT), undefined);
      equal(await atGate(keys, changed, OPENS_AT), undefined);
    },
  ),

  law(
    'cookie: is found among others in any place',
    [
      fc.array(fc.stringMatching(/^[a-z]{1,9}=[!-:<-~]{0,9}$/), { maxLength: 5 }),
      fc.nat(),
      fc.stringMatching(/^[\w.-]{1,60}$/),
      fc.constantFrom('; ', ';'),
    ],
    (others, place, token, separator) => {
      const all = others.toSpliced(place % (others.length + 1), 0, `fs_session=${token}`);
      equal(sessionToken(all.join(separator)), token);
      equal(sessionToken(others.join(separator)), '');
    },
    3,
  ),
];
