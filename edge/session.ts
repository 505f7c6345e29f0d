/** @module Who the shopper is: a signed cookie. Identified sessions come from the session Lambda, guests from here. */

import { blockedRefusal, comeBack, noContent, problem } from './answers.ts';
import type { GateEvent, GateRequest, Outcome } from './event.ts';
import { isHttps } from './origin.ts';
import { isBlocked } from './risk.ts';
import { activeKey, hmac, type Keys, seal, unseal } from './signature.ts';
import { guestsAllowed, readBlocked, readKeys } from './store.ts';

/** Long enough for the longest sale day; a guest who comes back later is another guest. */
const GUEST_SECONDS = 24 * 60 * 60;

/** The keys reach an edge within half a minute. */
const KEYS_RETRY_SECONDS = 5;

/** Ids have 22 base64url characters: 132 bits, more than anyone can guess or hit twice. */
const ID_CHARS = 22;

const SHOPPER = /^[gi]-[\w-]{22}$/;
const TRANSACTION = /^[\w-]{22}$/;

export type Session = {
  readonly shopperId: string;
  readonly transactionId: string;
  /** From the identity token, where it says so. */
  readonly membership: string;
  /** When the shopper's account was created, epoch seconds; not a number where nobody says so. */
  readonly createdAt: number;
  /** The keys that it was checked with, so that nobody reads them twice. */
  readonly keys: Keys;
};

/** The session of a request, or nothing when its cookie is missing, malformed, forged or expired. */
export async function sessionOf(request: GateRequest, nowMs: number): Promise<Session | undefined> {
  const cookie = request.cookies['fs_session'];
  if (!cookie) return undefined;
  const keys = await readKeys();
  return keys ? check(keys, cookie.value, nowMs) : undefined;
}

function check(keys: Keys, cookie: string, nowMs: number): Session | undefined {
  const content = unseal(keys, 'session', cookie, '');
  const shopperId = String(content['u']);
  const transactionId = String(content['t']);
  const expires = content['e'];
  const valid =
    typeof expires === 'number' &&
    nowMs < expires * 1000 &&
    SHOPPER.test(shopperId) &&
    TRANSACTION.test(transactionId);
  const membership = String(content['m']);
  const createdAt = Number(content['b']);
  return valid ? { shopperId, transactionId, membership, createdAt, keys } : undefined;
}

/** Keeps the session that is there, or makes a guest where guests are allowed. */
export async function keepOrMakeSession(event: GateEvent, nowMs: number): Promise<Outcome> {
  const session = await sessionOf(event.request, nowMs);
  if (session) return noContent();
  const blocked = await readBlocked();
  if (isBlocked(event, blocked)) return blockedRefusal();
  const allowed = await guestsAllowed();
  if (!allowed) return problem('session-missing', 'Sign in to take part in sales.');
  const keys = await readKeys();
  return keys
    ? guest(keys, event, nowMs)
    : comeBack('unavailable', 'No session can be made now.', KEYS_RETRY_SECONDS);
}

function guest(keys: Keys, event: GateEvent, nowMs: number): Outcome {
  const id = (label: string) =>
    hmac(activeKey(keys), label + event.context.requestId, 'base64url').slice(0, ID_CHARS);
  const expires = Math.floor(nowMs / 1000) + GUEST_SECONDS;
  const content = { u: `g-${id('guest.')}`, t: id('transaction.'), e: expires, g: 1 };
  const secure = isHttps(event.request) ? '; Secure' : '';
  return noContent({
    value: seal(keys, 'session', content, ''),
    attributes: `Path=/; Max-Age=${GUEST_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
  });
}
