/** @module Everything that is signed: session cookies, tickets, buyer keys. Forms: `docs/architecture.md`, Tokens. */

import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { BuyerKeys } from '../domain/ports.ts';
import type { SecretValues } from './secrets.ts';

/** Importing a key costs more than the MAC itself, so that it is done once for each. */
const keyObjects = new Map<string, KeyObject>();

function keyObject(key: string): KeyObject {
  const known = keyObjects.get(key);
  if (known) return known;
  const made = createSecretKey(Buffer.from(key, 'utf8'));
  keyObjects.set(key, made);
  return made;
}

/** HMAC-SHA256 as 43 base64url characters. */
export const mac = (key: string, text: string): string =>
  createHmac('sha256', keyObject(key)).update(text).digest('base64url');

/** Whether a MAC is right, in a time that does not depend on where it is wrong. */
export function isMac(key: string, text: string, given: string): boolean {
  const right = Buffer.from(mac(key, text));
  const other = Buffer.from(given);
  return right.length === other.length && timingSafeEqual(right, other);
}

/** Buyer keys of 10 bytes. */
export const buyerKeys: BuyerKeys = {
  of: (sale, shopper, sku) =>
    createHmac('sha256', keyObject(sale.salt))
      .update(`${shopper}\n${sku}`)
      .digest()
      .subarray(0, 10)
      .toString('base64url'),
};

/** Signs values: `<kid>.<json>.<mac>`. @param label says what is signed @param bound what else the MAC covers */
export function sign(keys: SecretValues, label: string, values: object, bound = ''): string {
  const kid = keys['active'] ?? '';
  const key = keyOf(keys, kid);
  if (key === undefined) throw new Error(`Cannot sign: the active key "${kid}" is not there`);
  const json = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${kid}.${json}.${mac(key, covered(label, kid, json, bound))}`;
}

/** Reads what was signed, or nothing where the token is no good in any way. */
export function verify(
  keys: SecretValues,
  label: string,
  token: string,
  bound = '',
): Readonly<Record<string, unknown>> | undefined {
  const [kid = '', json = '', given = '', ...rest] = token.split('.');
  const key = keyOf(keys, kid);
  if (rest.length > 0 || key === undefined) return undefined;
  if (!isMac(key, covered(label, kid, json, bound), given)) return undefined;
  return objectIn(json);
}

const covered = (label: string, kid: string, json: string, bound: string): string =>
  bound === '' ? `${label}.${kid}.${json}` : `${label}.${kid}.${json}.${bound}`;

/** `active` names a key; it is none. Nor is what is no text, whatever a secret remembers beside its keys. */
function keyOf(keys: SecretValues, kid: string): string | undefined {
  const key: unknown = kid !== 'active' && Object.hasOwn(keys, kid) ? keys[kid] : undefined;
  return typeof key === 'string' ? key : undefined;
}

/** The ids of the keys that tokens say they were signed with: none where a text is no token. */
export const keyIdsOf = (...tokens: readonly string[]): string[] =>
  tokens.flatMap((token) => /^([A-Za-z0-9_-]{1,32})\./.exec(token)?.[1] ?? []);

function objectIn(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(json, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object'
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
