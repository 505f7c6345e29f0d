/** @module Who somebody is, by the ID token of an OpenID Connect issuer. */

import { createHash } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  FailedAssertionError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** The issuer, and the client id that its tokens must be for. */
export type Issuer = { readonly issuer: string; readonly audience: string };

/** Answers the shopper id of a token, or nothing where it is no good. @throws when the issuer cannot be reached */
export type Identify = (token: string) => Promise<string | undefined>;

/** The issuer's answers are small, and nobody waits longer for a login. */
const ISSUER_MS = 3000;

/**
 * Verifies tokens of one issuer. Its keys are found by discovery, kept, and fetched again when an unknown one signs.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function identity({ issuer, audience }: Issuer): Identify {
  let coming: Promise<Verify> | undefined;
  const verifier = () => {
    coming ??= discover(issuer, audience).catch((cause: unknown) => {
      coming = undefined;
      throw cause;
    });
    return coming;
  };
  return async (token) => {
    const verify = await verifier();
    const subject = await verify(token);
    return subject && shopperId(issuer, subject);
  };
}

type Verify = (token: string) => Promise<string | undefined>;

async function discover(issuer: string, audience: string): Promise<Verify> {
  const found = await getBytes(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUri } = JSON.parse(Buffer.from(found).toString('utf8')) as {
    jwks_uri: string;
  };
  const verifier = JwtVerifier.create(
    { issuer, audience, jwksUri },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: getBytes } }) },
  );
  return async (token) => {
    try {
      return (await verifier.verify(token)).sub;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  };
}

/** A token that is no good, rather than an issuer that cannot be reached. By class: a minified bundle has no names. */
const REFUSALS = [
  FailedAssertionError,
  JwtInvalidSignatureError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
];

const isRefusal = (error: unknown): boolean => REFUSALS.some((one) => error instanceof one);

async function getBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ISSUER_MS) });
  if (!response.ok) throw new Error(`Cannot read "${url}": it answered ${response.status}`);
  return response.arrayBuffer();
}

/** An id that says nothing about the person, and is the same at each sign-in. */
const shopperId = (issuer: string, subject: string): string =>
  `i-${createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url').slice(0, 22)}`;
