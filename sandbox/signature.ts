/** @module The MACs of the provider's interface: HMAC-SHA256 over a label and a text, as base64url. */

import { createHmac, timingSafeEqual } from 'node:crypto';

export const mac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** Compares in a time that does not tell where the two differ. */
export function isMac(key: string, text: string, claimed: string): boolean {
  const right = Buffer.from(mac(key, text));
  const given = Buffer.from(claimed);
  return right.length === given.length && timingSafeEqual(right, given);
}
