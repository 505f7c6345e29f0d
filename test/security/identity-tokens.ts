/** @module Identity tokens of the real issuer. What is not said of one is right. */

import { type Claims, type Issuer, rsaToken } from './issuer.ts';

export const AUDIENCE = 'the-shop';

/** What an attacker has: an account at the real issuer, its public keys, and an issuer of their own. */
export type Scrap = { readonly real: Issuer; readonly hostile: Issuer };

export type Attack = readonly [name: string, token: (scrap: Scrap) => string];

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The claims of a good token; one that is undefined is left out. */
export const claimsOf = ({ url }: Issuer, changes: Claims = {}): Claims => ({
  ...{ iss: url, sub: 'eve', aud: AUDIENCE, iat: nowSeconds(), exp: nowSeconds() + 600 },
  ...changes,
});

export const headerOf = ({ kid }: Issuer, changes: object = {}) => ({
  ...{ alg: 'RS256', typ: 'JWT', kid },
  ...changes,
});

/** Signed by the real issuer. */
export const realToken = ({ real }: Scrap, claims: Claims = {}, header: object = {}): string =>
  rsaToken(real.keys.privateKey, headerOf(real, header), claimsOf(real, claims));
