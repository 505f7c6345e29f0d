/**
 * @module
 * Signed tokens `<kid>.<json>.<mac>`: what a session cookie and a ticket have in common.
 */

// biome-ignore lint/style/useNodejsImportProtocol: the runtime is not Node, and knows no other name
import crypto from 'crypto';

/** Longer than any token of ours; what is longer is not even looked at. */
const MAX_CHARS = 600;

const FORM = /^([\w-]{1,32})\.([\w-]+)\.([\w-]{43})$/;

/** The signing keys by key id, and under `active` the id of the one that signs. */
export type Keys = { readonly active: string; readonly [kid: string]: string };

/** What a token says; empty where there is nothing to be believed. */
export type Content = { readonly [name: string]: unknown };

export function hmac(key: string, text: string, encoding: 'hex' | 'base64url'): string {
  return crypto.createHmac('sha256', key).update(text).digest(encoding);
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return crypto.createHash('sha256').update(text).digest('hex');
}

/** Says whether two texts are equal, in a time that does not tell where they differ. */
export function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** The key that signs. */
export function activeKey(keys: Keys): string {
  return keys[keys.active] as string;
}

/** The key of that id, or nothing. `active` names a key and is none; what every object has is no text. */
export function keyOf(keys: Keys, kid: string): string | undefined {
  const key = keys[kid];
  return kid !== 'active' && typeof key === 'string' ? key : undefined;
}

/** Signs what a token says. The purpose keeps kinds of tokens apart; the binding is signed but not carried. */
export function seal(keys: Keys, purpose: string, content: object, binding: string): string {
  const json = Buffer.from(JSON.stringify(content)).toString('base64url');
  const body = `${keys.active}.${json}`;
  return `${body}.${hmac(activeKey(keys), `${purpose}.${body}${binding}`, 'base64url')}`;
}

/** What a token says, if it has the form of one and was signed with one of our keys for that purpose and binding. */
export function unseal(keys: Keys, purpose: string, token: string, binding: string): Content {
  const parts = token.length <= MAX_CHARS ? FORM.exec(token) : null;
  if (!parts) return {};
  const kid = parts[1] as string;
  const json = parts[2] as string;
  const key = keyOf(keys, kid);
  if (!key) return {};
  const mac = hmac(key, `${purpose}.${kid}.${json}${binding}`, 'base64url');
  return equal(mac, parts[3] as string) ? parse(json, 'base64url') : {};
}

/** The object that an encoded JSON text is, or an empty one. */
export function parse(text: string, encoding: 'base64' | 'base64url'): Content {
  try {
    const content = JSON.parse(Buffer.from(text, encoding).toString());
    return content && typeof content === 'object' ? content : {};
  } catch (_malformed) {
    return {};
  }
}
