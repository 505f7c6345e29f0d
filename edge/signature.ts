/**
 * @module
 * Signed tokens `<kid>.<json>.<mac>`: what a session cookie and a ticket have in common.
 */

// biome-ignore lint/style/useNodejsImportProtocol: the runtime is not Node, and knows no other name
import crypto from 'crypto';
import type { Keys } from './store.ts';

/** Longer than any token of ours; what is longer is not even looked at. */
const MAX_CHARS = 600;

const FORM = /^([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

export function hmac(key: string, text: string, encoding: 'hex' | 'base64url'): string {
  return crypto.createHmac('sha256', key).update(text).digest(encoding);
}

/** Says whether two texts are equal, in a time that does not tell where they differ. */
function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** The key that signs. */
export function activeKey(keys: Keys): string {
  return keys[keys.active] as string;
}

/** The key of that id, or nothing. `active` names a key and is none; names like `constructor` are no ids of ours. */
function keyOf(keys: Keys, kid: string): string | undefined {
  // biome-ignore lint/suspicious/noPrototypeBuiltins: the runtime has no Object.hasOwn
  const known = kid !== 'active' && Object.prototype.hasOwnProperty.call(keys, kid);
  return known ? keys[kid] : undefined;
}

/** Signs what a token says. The purpose keeps kinds of tokens apart; the binding is signed but not carried. */
export function seal(keys: Keys, purpose: string, content: object, binding: string): string {
  const json = Buffer.from(JSON.stringify(content)).toString('base64url');
  const body = `${keys.active}.${json}`;
  return `${body}.${hmac(activeKey(keys), `${purpose}.${body}${binding}`, 'base64url')}`;
}

/** What a token says, if it has the form of one and was signed with one of our keys for that purpose and binding. */
export function unseal(
  keys: Keys,
  purpose: string,
  token: string | undefined,
  binding: string,
): { readonly [name: string]: unknown } | undefined {
  const parts = token && token.length <= MAX_CHARS ? FORM.exec(token) : null;
  if (!parts) return undefined;
  const kid = parts[1] as string;
  const json = parts[2] as string;
  const key = keyOf(keys, kid);
  if (!key) return undefined;
  const mac = hmac(key, `${purpose}.${kid}.${json}${binding}`, 'base64url');
  return equal(mac, parts[3] as string) ? parse(json) : undefined;
}

function parse(json: string): { readonly [name: string]: unknown } | undefined {
  try {
    const content = JSON.parse(Buffer.from(json, 'base64url').toString());
    return content && typeof content === 'object' ? content : undefined;
  } catch (_malformed) {
    return undefined;
  }
}
