/**
 * @module
 * The proof of work: cheap for one shopper, dear for a thousand. ALTCHA's format, version 1. The challenge is signed for
 * one shopper and one sale, so that nothing has to be remembered.
 *
 * @see https://altcha.org/docs/v2/server-integration/
 */

import { json, noContent } from './answers.ts';
import type { Asking } from './asking.ts';
import type { GateResponse } from './event.ts';
import { header } from './headers.ts';
import { activeKey, equal, hmac, keyOf, parse, sha256 } from './signature.ts';

/** Long enough for a slow phone, too short to collect solutions for another day. */
const LIFE_SECONDS = 300;

/** The only form of a salt that is ours. It ends with its delimiter, or digits of the number could move into it. */
const SALT = /^\w{24}\?expires=(\d+)&level=(\d)&at=(\d+)&key=([\w-]+)&$/;

/** What was solved, and how fast. */
export type Solution = {
  readonly level: number;
  /** Numbers per millisecond since the challenge was given out. */
  readonly pace: number;
};

/** Signs a challenge, for one shopper and one sale. */
function signed(asking: Asking, key: string, challenge: string): string {
  const own = hmac(key, `challenge.${asking.saleId}.${asking.session.shopperId}`, 'hex');
  return hmac(own, challenge, 'hex');
}

/** A challenge, or no content where the sale asks for none. */
export function issueChallenge(asking: Asking, level: number): GateResponse {
  const keys = asking.session.keys;
  const nowMs = asking.nowMs;
  if (!asking.entry.x) return noContent();
  const random = hmac(activeKey(keys), `salt.${asking.event.context.requestId}`, 'hex');
  const maxnumber = asking.entry.x * 4 ** level;
  const number = parseInt(random.slice(24, 36), 16) % (maxnumber + 1);
  const expires = Math.floor(nowMs / 1000) + LIFE_SECONDS;
  const salt = `${random.slice(0, 24)}?expires=${expires}&level=${level}&at=${nowMs}&key=${keys.active}&`;
  const challenge = sha256(salt + number);
  const signature = signed(asking, activeKey(keys), challenge);
  return json({ algorithm: 'SHA-256', challenge, maxnumber, salt, signature });
}

/** A text, or an empty one: `String` throws for an object whose own `toString` is no function. */
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a request has solved, if it is right, in time, and this shopper's for this sale. */
export function solutionOf(asking: Asking): Solution | undefined {
  const nowMs = asking.nowMs;
  const solution = parse(header(asking.event.request, 'x-solution'), 'base64');
  const salt = SALT.exec(textIn(solution['salt']));
  const number = solution['number'];
  if (!salt || typeof number !== 'number' || nowMs >= Number(salt[1]) * 1000) return undefined;
  const key = keyOf(asking.session.keys, salt[4] as string);
  if (!key) return undefined;
  const signature = signed(asking, key, sha256(salt[0] + number));
  return equal(signature, textIn(solution['signature']))
    ? { level: Number(salt[2]), pace: number / (nowMs - Number(salt[3]) + 1) }
    : undefined;
}
