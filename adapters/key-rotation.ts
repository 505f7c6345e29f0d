/** @module The signing keys where they are kept: the secret, and the edges' entry that is made from it. */

import { randomBytes } from 'node:crypto';
import type { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { KeyRing, KeyStore, RotationWorld } from '../domain/rotation.ts';
import type { SecretsManager } from './aws-clients.ts';
import { putEdgeEntries } from './edge-store.ts';
import { KEPT_MS, type SecretValues, secretText } from './secrets.ts';
import { SESSION_SECONDS } from './session.ts';

/** The KeyValueStore says that changes reach every edge in seconds; a minute is what it has been seen to take. */
const EDGES_MS = 60_000;

/** A function that has just read the secret keeps it for {@link KEPT_MS}; the edges have heard by then. */
const SPREAD_MS = Math.max(EDGES_MS, KEPT_MS) + 5000;

/** 256 bits, as much as HMAC-SHA256 can use. */
const KEY_BYTES = 32;

/** What is the same for every rotation. */
export const rotationSettings = {
  newKey: () => randomBytes(KEY_BYTES).toString('base64url'),
  spreadMs: SPREAD_MS,
  // A ticket for a sale far ahead may be older: it is worth nothing without its session, and another one is free.
  tokenMs: SESSION_SECONDS * 1000,
} satisfies Partial<RotationWorld>;

/** What signers read: the keys, and which of them is active. */
export const keysEntry = ({ active, keys }: KeyRing): SecretValues => ({ active, ...keys });

/** Keys in Secrets Manager and the KeyValueStore. `made` in the secret remembers when what happened to which key. */
export const keyStore = (
  secrets: SecretsManager,
  secretArn: string,
  edge: CloudFrontKeyValueStoreClient,
  storeArn: string,
): KeyStore => ({
  async read() {
    return ringIn(await secretText(secrets, secretArn));
  },
  async write(ring) {
    const SecretString = JSON.stringify({ ...keysEntry(ring), made: ring.made });
    await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
  },
  announce: (ring) => putEdgeEntries(edge, storeArn, { keys: keysEntry(ring) }),
});

function ringIn(json: string): KeyRing {
  const { active, made = {}, ...keys } = JSON.parse(json) as { active: string } & SecretValues;
  return { active, keys, made: made as KeyRing['made'] };
}
