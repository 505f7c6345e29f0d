/** @module Authorization codes: each stands for one person's sign-in, for a minute, and is good once. */

import { createHash, randomBytes } from 'node:crypto';
import type { SignInRequest } from './identity-request.ts';

/** Who somebody says to be. */
export type Person = {
  readonly name: string;
  /** Empty: none. */
  readonly membership: string;
  readonly accountCreatedAtEpochSeconds: number;
};

/** Somebody who has signed in, and the question to which that is the answer. */
export type Grant = { readonly person: Person; readonly request: SignInRequest };

export type Codes = {
  issue(grant: Grant): string;
  /** What a code stands for; nothing where it is unknown, used, old, or another's. However that ends, it is used. */
  redeem(code: string, redirectUri: string, verifier: string): Grant | undefined;
};

/** RFC 6749 asks for 10 minutes at most; a browser needs a second. */
const LIFE_MS = 60_000;

export function authorizationCodes(now: () => number): Codes {
  const open = new Map<string, Grant & { readonly expires: number }>();
  return {
    issue(grant) {
      const code = randomBytes(24).toString('base64url');
      open.set(code, { ...grant, expires: now() + LIFE_MS });
      return code;
    },
    redeem(code, redirectUri, verifier) {
      const found = open.get(code);
      open.delete(code);
      if (found === undefined || now() >= found.expires) return undefined;
      const { challenge } = found.request;
      const isTheirs = createHash('sha256').update(verifier).digest('base64url') === challenge;
      return isTheirs && redirectUri === found.request.redirectUri ? found : undefined;
    },
  };
}
