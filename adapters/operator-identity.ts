/**
 * @module
 * Which operator an ID token is of. Being known is not enough: a claim must list the group. An access token is none: only
 * ID tokens say at every issuer for whom they are.
 */

import { idTokens, type ReadToken } from './identity.ts';

/** Where operators sign in, and what makes somebody one. */
export type OperatorIssuer = {
  readonly issuer: string;
  readonly audience: string;
  readonly groupClaim: string;
  readonly group: string;
};

type OperatorIdentified =
  /** How the operators' log names them: the name that their issuer gives, and the subject. */
  | { readonly kind: 'operator'; readonly name: string }
  /** Somebody known, who is not in the group. */
  | { readonly kind: 'outsider' }
  /** The token is no good. */
  | { readonly kind: 'refused' };

/** @throws when the issuer cannot be reached */
export type IdentifyOperator = (token: string) => Promise<OperatorIdentified>;

export function operatorIdentity(
  { issuer, audience, groupClaim, group }: OperatorIssuer,
  read: ReadToken = idTokens(issuer, audience),
): IdentifyOperator {
  return async (token) => {
    const claims = await read(token);
    if (claims === undefined) return { kind: 'refused' };
    if (!groupsIn(claims[groupClaim]).includes(group)) return { kind: 'outsider' };
    return { kind: 'operator', name: nameOf(claims.sub, claims['name']) };
  };
}

/** A list, or one text, as issuers write it who know one group each. A text is never searched for a part of it. */
const groupsIn = (claim: unknown): readonly unknown[] =>
  Array.isArray(claim) ? claim : typeof claim === 'string' ? [claim] : [];

/** Longer than people's names; what a log shows stays one line. */
const LONGEST_NAME = 64;

/** A subject names the same person for ever, and a name can be read. */
function nameOf(subject: string, name: unknown): string {
  if (typeof name !== 'string') return subject;
  const shown = name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  return shown === '' ? subject : `${shown} (${subject})`;
}
