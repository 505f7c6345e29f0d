/** @module What the page calls this browser: drawn once, kept, and sent where the shop tells people from crowds. */

import { lasting } from './storage.ts';

const KEY = 'flash-sale.device';

const FORM = /^[A-Za-z0-9_-]{22}$/;

let drawn: string | undefined;

/** 22 base64url characters. */
export function deviceId(): string {
  drawn ??= remembered();
  return drawn;
}

function remembered(): string {
  const kept = lasting.get(KEY);
  if (kept !== null && FORM.test(kept)) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  lasting.set(KEY, id);
  return id;
}
