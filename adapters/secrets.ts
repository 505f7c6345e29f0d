/** @module Secrets from Secrets Manager, kept for some minutes so that a rotated key is learnt without a deploy. */

import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../domain/ports.ts';

/** Shorter than the time that two keys are valid together when they rotate. */
const KEPT_MS = 2 * 60_000;

/** A secret whose value is a JSON object of texts. */
export type SecretValues = Readonly<Record<string, string>>;

/** One value of a secret. @throws {Error} where it is missing: an empty key would accept every signature */
export function valueIn(values: SecretValues, name: string): string {
  const value = values[name];
  if (value) return value;
  throw new Error(`Cannot use a secret: it has no "${name}"`);
}

/** Reads a secret, at most once in a while. An old value serves while a new one cannot be had. */
export function secret(
  client: SecretsManagerClient,
  id: string,
  clock: Clock,
): () => Promise<SecretValues> {
  let kept: { readonly values: SecretValues; readonly until: number } | undefined;
  let coming: Promise<SecretValues> | undefined;
  const fetch = async (): Promise<SecretValues> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    const values = JSON.parse(SecretString ?? '{}') as SecretValues;
    kept = { values, until: clock() + KEPT_MS };
    return values;
  };
  return async () => {
    if (kept && clock() < kept.until) return kept.values;
    coming ??= fetch().finally(() => {
      coming = undefined;
    });
    const old = kept?.values;
    return old === undefined ? coming : coming.catch(() => old);
  };
}
