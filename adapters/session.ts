/** @module The session cookie: who the shopper is, signed. */

import { randomBytes } from 'node:crypto';
import type { EpochMs, Seconds } from '../domain/units.ts';
import { sign, verify } from './hmac.ts';
import type { Identified } from './identity.ts';
import type { SecretValues } from './secrets.ts';

/** A shopper and what they are in the middle of. */
export type Session = {
  readonly shopper: string;
  readonly transaction: string;
  readonly isGuest: boolean;
};

/** A day: longer than people wait for a sale, short enough that a stolen cookie is soon worth nothing. */
export const SESSION_SECONDS: Seconds = 24 * 3600;

const NAME = 'fs_session';

/** The session's token in a `cookie` header; empty where there is none. */
export function sessionToken(cookies: string | undefined): string {
  const found = (cookies ?? '').split(';').find((one) => one.trim().startsWith(`${NAME}=`));
  return found?.trim().slice(NAME.length + 1) ?? '';
}

/** The session in a `cookie` header, if it is whole, ours and alive. */
export function sessionIn(
  keys: SecretValues,
  cookies: string | undefined,
  now: EpochMs,
): Session | undefined {
  const values = verify(keys, 'session', sessionToken(cookies));
  if (values === undefined) return undefined;
  const { u: shopper, t: transaction, e: expires, g } = values;
  const isWhole = typeof shopper === 'string' && typeof transaction === 'string';
  if (!isWhole || typeof expires !== 'number' || expires * 1000 <= now) return undefined;
  return { shopper, transaction, isGuest: g === 1 };
}

/** The `set-cookie` header of an identified shopper's session, with what the gate decides eligibility by. */
export function sessionCookie(
  keys: SecretValues,
  { shopper, membership, createdAt }: Identified,
  now: EpochMs,
  isSecure: boolean,
): string {
  const values = {
    u: shopper,
    t: randomBytes(16).toString('base64url'),
    e: Math.floor(now / 1000) + SESSION_SECONDS,
    // JSON has no undefined members: what the ID token does not say is not there.
    m: membership,
    b: createdAt,
  };
  const parts = [
    `${NAME}=${sign(keys, 'session', values)}`,
    'Path=/',
    `Max-Age=${SESSION_SECONDS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ];
  return parts.join('; ');
}
