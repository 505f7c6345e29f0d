/** @module Who somebody is, by the ID token of an OpenID Connect issuer. */

import { createHash } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  FailedAssertionError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** The issuer, the client id that its tokens must be for, and the names of claims that rules of a sale can ask for. */
export type Issuer = {
  readonly issuer: string;
  readonly audience: string;
  /** Which claim is the membership; empty: none. */
  readonly membershipClaim: string;
  /** Which claim says when the account was created; empty: none. */
  readonly createdClaim: string;
};

/** Whom a token is of. */
export type Identified = {
  readonly shopper: string;
  readonly membership?: string | undefined;
  /** Epoch seconds. */
  readonly createdAt?: number | undefined;
};

/** Answers whom a token is of, or nothing where it is no good. @throws when the issuer cannot be reached */
export type Identify = (token: string) => Promise<Identified | undefined>;

/** The issuer's answers are small, and nobody waits longer for a login. */
const ISSUER_MS = 3000;

/** Says which shopper a token is of. */
export function identity({ issuer, audience, ...names }: Issuer): Identify {
  const verify = idTokens(issuer, audience);
  return async (token) => {
    const claims = await verify(token);
    if (claims === undefined) return undefined;
    return {
      shopper: shopperId(issuer, claims.sub),
      membership: membershipIn(claims[names.membershipClaim]),
      createdAt: createdIn(claims[names.createdClaim]),
    };
  };
}

type Claims = { readonly sub?: string | undefined; readonly [name: string]: unknown };

type Verify = (token: string) => Promise<Claims | undefined>;

/** What a good ID token says; nothing where it is no good. @throws when the issuer cannot be reached */
export type ReadToken = (token: string) => Promise<(Claims & { readonly sub: string }) | undefined>;

/**
 * Verifies ID tokens of one issuer. Its keys are found by discovery, kept, and fetched again when an unknown one signs.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function idTokens(issuer: string, audience: string): ReadToken {
  let coming: Promise<Verify> | undefined;
  const verifier = () => {
    coming ??= discover(issuer, audience).catch((cause: unknown) => {
      coming = undefined;
      throw cause;
    });
    return coming;
  };
  return async (token) => {
    const claims = await (await verifier())(token);
    return claims?.sub ? { ...claims, sub: claims.sub } : undefined;
  };
}

/** What a sale file can name; the cookie has to stay short. */
const MEMBERSHIP = /^[A-Za-z0-9_-]{1,40}$/;

const membershipIn = (claim: unknown): string | undefined =>
  typeof claim === 'string' && MEMBERSHIP.test(claim) ? claim : undefined;

/** Ten figures: an issuer that counts milliseconds is not understood, rather than taken for one of the far future. */
const SECONDS = /^\d{1,10}$/;

/** A day, in UTC, or an instant; a time without its zone could be any of 26 hours. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** Epoch seconds in a claim that is a number, figures or an ISO 8601 text; nothing in any other. */
function createdIn(claim: unknown): number | undefined {
  const text = typeof claim === 'number' ? String(claim) : claim;
  if (typeof text !== 'string') return undefined;
  if (SECONDS.test(text)) return Number(text);
  const instant = ISO_8601.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return instant >= 0 ? Math.floor(instant / 1000) : undefined;
}

/** `Date.parse` takes February 30 for a day in March. */
function isDay(text: string): boolean {
  const day = Date.parse(text);
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
}

async function discover(issuer: string, audience: string): Promise<Verify> {
  // An issuer may end with a slash, as Auth0's do: it does not stand twice.
  const found = await getBytes(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUri } = JSON.parse(Buffer.from(found).toString('utf8')) as {
    jwks_uri: string;
  };
  const verifier = JwtVerifier.create(
    { issuer, audience, jwksUri },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: getBytes } }) },
  );
  return async (token) => {
    try {
      return await verifier.verify(token, {
        customJwtCheck: ({ header, payload }) => checkPurpose(header, payload, audience),
      });
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  };
}

/** Types of tokens that the same issuer signs with the same keys: access tokens, logout tokens. */
const OTHER_TYPE = /\+jwt$/i;

type Said = Readonly<Record<string, unknown>>;

/**
 * Checks what the library leaves to us: that the token is an ID token, has an end, and was given to us.
 *
 * @throws {FailedAssertionError} saying which of it is wrong
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.11
 */
function checkPurpose(header: Said, payload: Said, audience: string): void {
  const { exp, azp = audience, token_use: use = 'id' } = payload;
  const isOther = OTHER_TYPE.test(String(header['typ'])) || use !== 'id';
  if (isOther) throw new FailedAssertionError('Another kind of token', header['typ'], 'JWT');
  if (exp === undefined) throw new FailedAssertionError('Token without an end', exp);
  if (azp !== audience) throw new FailedAssertionError('Token of another client', azp, audience);
}

/** A token that is no good, rather than an issuer that cannot be reached. By class: a minified bundle has no names. */
const REFUSALS = [
  FailedAssertionError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  // An unknown key, seconds after all keys were read for another one.
  WaitPeriodNotYetEndedJwkError,
];

const isRefusal = (error: unknown): boolean => REFUSALS.some((one) => error instanceof one);

async function getBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ISSUER_MS) });
  if (!response.ok) throw new Error(`Cannot read "${url}": it answered ${response.status}`);
  return response.arrayBuffer();
}

/** An id that says nothing about the person, and is the same at each sign-in. */
export const shopperId = (issuer: string, subject: string): string =>
  `i-${createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url').slice(0, 22)}`;
