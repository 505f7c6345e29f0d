/** @module An OpenID Connect issuer that publishes its keys, signs whatever a test says, and takes down what it is asked. */

import {
  createHmac,
  createSign,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

export type Claims = Readonly<Record<string, unknown>>;

export type Issuer = {
  readonly url: string;
  readonly kid: string;
  readonly keys: KeyPair;
  /** The private key of a published key that is for encryption alone. */
  readonly encryption: { readonly kid: string; readonly keys: KeyPair };
  /** What it publishes. */
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  /** Paths that it was asked for, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
};

const newPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @param kid what its key is called: a stranger may call theirs as the real one is called */
export async function startIssuer(kid: string): Promise<Issuer> {
  const [keys, forEncryption] = [newPair(), newPair()];
  const encryption = { kid: 'for-encryption', keys: forEncryption };
  const published = (pair: KeyPair, use: object) => ({
    ...pair.publicKey.export({ format: 'jwk' }),
    ...use,
  });
  const jwks = {
    keys: [
      published(keys, { kid, alg: 'RS256', use: 'sig' }),
      published(forEncryption, { kid: encryption.kid, alg: 'RSA-OAEP-256', use: 'enc' }),
    ],
  };
  const asked: string[] = [];
  let url = '';
  const server = createServer(({ url: path = '' }, response) => {
    asked.push(path);
    const found = path === '/jwks' ? jwks : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, kid, keys, encryption, jwks, asked },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Base64url of a text, or of an object as JSON. */
export const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const HASHES: Readonly<Record<string, string>> = {
  '256': 'sha256',
  '384': 'sha384',
  '512': 'sha512',
};

/** Signs with RSA, as the header's `alg` says where it says RS…, else with SHA-256. */
export function rsaToken(key: KeyObject, header: object | string, claims: object | string): string {
  const text = `${part(header)}.${part(claims)}`;
  const bits = /RS(\d{3})/.exec(JSON.stringify(header))?.[1] ?? '256';
  const signature = createSign(HASHES[bits] ?? 'sha256')
    .update(text)
    .sign(key, 'base64url');
  return `${text}.${signature}`;
}

/** Signs with a shared secret. @param bits 256, 384 or 512 */
export function macToken(
  secret: string | Uint8Array,
  header: object,
  claims: Claims,
  bits = '256',
): string {
  const text = `${part(header)}.${part(claims)}`;
  const hash = HASHES[bits] ?? 'sha256';
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
}
