/** @module What an identity issuer says of itself: its discovery document, and the keys that it signs with. */

import type { IssuerFacts } from '../domain/preflight-facts.ts';
import { type Learnt, learnt } from '../domain/preflight-line.ts';
import { jsonIn, look } from './account-http.ts';

/** What the session function waits for an issuer. */
const PATIENCE_MS = 3000;

/**
 * Asks an issuer as the session function does.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export async function issuerFacts(issuer: string): Promise<Learnt<IssuerFacts>> {
  const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const said: Learnt<{ readonly issuer?: string; readonly jwks_uri?: string }> = jsonIn(
    await look(discovery, PATIENCE_MS),
  );
  if (said.kind === 'unknown') return said;
  const { issuer: name = '', jwks_uri: keysUrl } = said.value;
  if (keysUrl === undefined) return learnt({ issuer: name, keys: 0 });
  const set: Learnt<{ readonly keys?: readonly unknown[] }> = jsonIn(
    await look(keysUrl, PATIENCE_MS),
  );
  if (set.kind === 'unknown') return set;
  return learnt({ issuer: name, keys: (set.value.keys ?? []).length });
}
