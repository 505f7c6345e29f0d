/** @module Operators at their API: with ID tokens that say whatever a test wants. */

import type { Ask, Mall, Reply } from '../support/shopper.ts';
import { type Issuer, startIssuer } from './issuer.ts';

/** What the operators' page is called at the issuer. */
const AUDIENCE = 'the-office';

export type Office = {
  readonly issuer: Issuer;
  /** What makes a stack believe its tokens. */
  readonly parameters: Readonly<Record<string, string>>;
  /** An ID token of Olivia, an operator, unless it is said otherwise. */
  token(claims?: Readonly<Record<string, unknown>>): Promise<string>;
  stop(): Promise<void>;
};

/** @param shared an issuer that a test has already */
export async function openOffice(shared?: Issuer): Promise<Office> {
  const issuer = shared ?? (await startIssuer());
  return {
    issuer,
    parameters: { OperatorIssuer: issuer.url, OperatorAudience: AUDIENCE },
    token(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      const times = { iat: now, nbf: now - 60, exp: now + 3600 };
      const who = { sub: 'olivia-1', name: 'Olivia', groups: ['operators'] };
      return issuer.token({ ...who, aud: AUDIENCE, ...times, ...claims });
    },
    stop: async () => {
      if (shared === undefined) await issuer.stop();
    },
  };
}

/** Asks as an operator; a body is sent as JSON. */
export async function askAs(
  { ask }: Pick<Mall, 'ask'>,
  token: string,
  method: string,
  path: string,
  body?: object,
  headers: Ask['headers'] = {},
): Promise<Reply> {
  const json = body !== undefined && { 'content-type': 'application/json' };
  return ask(method, `/api/operator${path}`, {
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body)) }),
  });
}
