/**
 * @module
 * A shopper signs in: the ID token goes from the issuer straight to the session route, which verifies it, and is kept
 * nowhere. Refusals are those of `oidc.ts`; the shop's own are `sign-in-refused` and `blocked`.
 */

import {
  type Client,
  failure,
  isPassing,
  jsonOf,
  leaveForIssuer,
  tokenFromIssuer,
} from './oidc.ts';
import { retryDelayMs, sleep } from './waiting.ts';

// Declared, so that the compiler of the tests needs no DOM.
declare const location: { readonly origin: string };

/** Where people sign in, and who the site is there; from `sale.json`. */
type Config = Omit<Client, 'redirectUri'>;

/** As long as every other request to the shop may take. */
const SESSION_MS = 30_000;

/**
 * Leaves for the issuer, which sends the shopper back to the list of sales, and that to this page.
 *
 * @throws {Error} with `code`, where the issuer cannot be asked
 */
export const signIn = (config: Config): Promise<void> => leaveForIssuer(clientOf(config), 'openid');

/**
 * Ends a sign-in, where the address carries the issuer's answer: true once there is a session. Waits out a throttled
 * session route, for as long as the ID token is good. False where there is no answer.
 *
 * @throws {Error} with `code`, where the answer is a refusal, or is refused
 */
export async function completeSignIn(config: Config): Promise<boolean> {
  const token = await tokenFromIssuer(clientOf(config));
  if (token !== undefined) await present(token);
  return token !== undefined;
}

/** One address for all sales, for some issuers take no patterns. */
const clientOf = (config: Config): Client => ({ ...config, redirectUri: `${location.origin}/` });

/** Begins the session. The route has a throttle of its own, so that a crowd that signs in waits here and nowhere else. */
async function present(token: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(SESSION_MS),
    }).catch(() => undefined);
    if (response?.ok) return;
    if (response && !isPassing(response.status)) {
      const { code } = await jsonOf(response);
      const shown = code === 'blocked' ? code : 'sign-in-refused';
      throw failure(shown, `the shop answered ${response.status} "${code}"`);
    }
    const after = Number(response?.headers.get('retry-after')) || undefined;
    await sleep(retryDelayMs(attempt, after));
  }
}
