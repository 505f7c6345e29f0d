/**
 * @module
 * Who works at this page: the ID token of the operators' issuer. It is kept for this tab alone, is sent with each
 * request, and is worth nothing once it has ended; nothing signs in by itself.
 */

import { type Client, leaveForIssuer, tokenFromIssuer } from '../oidc.ts';
import { inTab } from '../storage.ts';

const TOKEN = 'flash-sale.operator';

/** What the issuer must be told to say in the token: `profile` is the name that the log shows. */
const SCOPE = 'openid profile';

/** The token, or nothing. */
export const token = (): string => inTab.get(TOKEN) ?? '';

export const signOut = (): void => inTab.set(TOKEN, '');

const clientOf = (config: Omit<Client, 'redirectUri'>): Client => ({
  ...config,
  redirectUri: `${location.origin}/operator/`,
});

/** Leaves for the issuer. @throws {Error} with `code`, where it cannot be asked */
export const signIn = (config: Omit<Client, 'redirectUri'>): Promise<void> =>
  leaveForIssuer(clientOf(config), SCOPE);

/** Ends a sign-in that the address carries the answer to. @throws {Error} with `code`, where it is a refusal */
export async function takeAnswer(config: Omit<Client, 'redirectUri'>): Promise<void> {
  const found = await tokenFromIssuer(clientOf(config));
  if (found !== undefined) inTab.set(TOKEN, found);
}
