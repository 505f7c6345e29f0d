/** @module Session cookies that are none. */

import { aSession, KEYS, mac, TRANSACTION } from './gate-scene.ts';

const SHOPPER = `g-${'a'.repeat(22)}`;

/** A cookie over any text in place of base64url of JSON, signed as it should be. */
function over(json: string): string {
  const body = `k1.${json}`;
  return `${body}.${mac(KEYS.k1, `session.${body}`)}`;
}

const encoded = (text: string): string => over(Buffer.from(text).toString('base64url'));

const lastCharacterChanged = (token: string): string =>
  token.slice(0, -1) + (token.endsWith('A') ? 'E' : 'A');

export const sessionForms: readonly (readonly [string, string | undefined])[] = [
  ['missing', undefined],
  ['empty', ''],
  ['dots alone', '..'],
  ['signed with another key', aSession({ key: 'guess' })],
  ['changed in its last character', lastCharacterChanged(aSession())],
  ['of an unknown key', aSession({ kid: 'k9' })],
  ['signed with the name of the active key', aSession({ kid: 'active', key: 'k1' })],
  ['under a name that every object has', aSession({ kid: 'constructor', key: 'Object' })],
  ['under the prototype', aSession({ kid: '__proto__', key: '[object Object]' })],
  ['not JSON', encoded('{"u":')],
  ['null', encoded('null')],
  ['a number', encoded('7')],
  ['bytes that are no text', over(Buffer.from([0xff, 0xfe]).toString('base64url'))],
  ['without a shopper', aSession({ content: { t: TRANSACTION, e: 9e12 } })],
  ['with an array for a shopper', aSession({ content: { u: [], t: TRANSACTION, e: 9e12 } })],
  ['with a shopper of another form', aSession({ u: 'x-1' })],
  ['with a transaction of another form', aSession({ t: 'a b' })],
  ['with an expiry in words', aSession({ content: { u: SHOPPER, t: TRANSACTION, e: '9e12' } })],
  ['without an expiry', aSession({ content: { u: SHOPPER, t: TRANSACTION } })],
  ['huge', `${aSession()}${'A'.repeat(1_000_000)}`],
];
