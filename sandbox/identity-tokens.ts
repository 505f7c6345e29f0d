/** @module The ID tokens of the sandbox provider: JWTs, signed with RS256 by a key that lives as long as the process. */

import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** Made when it is first asked for: primes take a while to find. */
let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

const keys = () => {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
};

const USE = { kid: randomUUID(), alg: 'RS256', use: 'sig' };

/** The public key, as the provider publishes it. */
export const publicKeys = () => ({
  keys: [{ ...keys().publicKey.export({ format: 'jwk' }), ...USE }],
});

/** Signs claims; one that is undefined is left out. */
export function signed(claims: Readonly<Record<string, unknown>>): string {
  const text = `${part({ alg: USE.alg, typ: 'JWT', kid: USE.kid })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), keys().privateKey).toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
