/** @module Secrets from Secrets Manager, kept for some minutes so that a rotated key is learnt without a deploy. */

import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../domain/ports.ts';
import type { SecretsManager } from './aws-clients.ts';

/** Shorter than the time that two keys are valid together when they rotate. */
export const KEPT_MS = 2 * 60_000;

/** How soon a secret is read again for a name that it lacked: forged names must not read it all the time. */
const AGAIN_MS = 5000;

/** The texts of a secret whose value is a JSON object. */
export type SecretValues = Readonly<Record<string, string>>;

/**
 * Reads a secret, at most once in a while.
 *
 * @param needed names that the caller expects in it: where one is missing, the secret is read again at once, at most
 *   every 5 s, so that an edge that has heard of a key before a function loses nobody
 */
export type ReadSecret = (...needed: readonly string[]) => Promise<SecretValues>;

/** One value of a secret. @throws {Error} where it is missing: an empty key would accept every signature */
export function valueIn(values: SecretValues, name: string): string {
  const value = values[name];
  if (value) return value;
  throw new Error(`Cannot use a secret: it has no "${name}"`);
}

/** The value of a secret as it is, JSON and all. */
export async function secretText(client: SecretsManager, id: string): Promise<string> {
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  return SecretString;
}

/** Reads a secret, at most once in a while. An old value serves while a new one cannot be had. */
export function secret(client: SecretsManager, id: string, clock: Clock): ReadSecret {
  let kept: { readonly values: SecretValues; readonly until: number } | undefined;
  let coming: Promise<SecretValues> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  const fetch = async (): Promise<SecretValues> => {
    askedAt = clock();
    const values = textsIn(await secretText(client, id));
    kept = { values, until: clock() + KEPT_MS };
    return values;
  };
  // Who comes while the secret is read again waits for it, rather than be refused for what it may say.
  const isEnough = (values: SecretValues, needed: readonly string[]): boolean =>
    needed.every((name) => Object.hasOwn(values, name)) ||
    (coming === undefined && clock() < askedAt + AGAIN_MS);
  return async (...needed) => {
    if (kept && clock() < kept.until && isEnough(kept.values, needed)) return kept.values;
    coming ??= fetch().finally(() => {
      coming = undefined;
    });
    const old = kept?.values;
    return old === undefined ? coming : coming.catch(() => old);
  };
}

/** What else is in a secret, such as what is remembered of its keys, is nobody's value. */
const textsIn = (json: string): SecretValues =>
  Object.fromEntries(
    Object.entries(JSON.parse(json) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
