/**
 * @module
 * The authorization code flow with PKCE at an OpenID Connect issuer, for a public client.
 *
 * Refusals are errors whose `code` the page has a text for: `sign-in-cancelled` (somebody did not want to),
 * `sign-in-stale` (the answer is to nothing that this tab asked), `sign-in-unavailable` (the issuer cannot be reached or
 * is in trouble), `sign-in-refused` (an answer that does not hold).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9700
 */

import { BEGUN } from './sign-in-return.ts';

// Declared, so that the compiler of the tests needs no DOM.
declare const location: Readonly<Record<'pathname' | 'search' | 'hash', string>> & {
  assign(url: URL): void;
};
declare const history: { replaceState(state: null, title: string, url: string): void };

/** Where people sign in, who the page is there, and where it is sent their answer: exactly as it is registered. */
export type Client = {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
};

/** What a tab must know of a sign-in that it has begun. */
type Begun = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The path of the page, which the issuer's answer is passed on to. */
  readonly page: string;
  /** What stood in the address behind the path. */
  readonly back: string;
};

type Json = Readonly<Record<string, unknown>>;

/** Nobody looks at a page that does nothing for longer. */
const ISSUER_MS = 10_000;

/** The errors of RFC 6749 (4.1.2.1) that say something to a shopper. */
const CODES: Readonly<Record<string, string>> = {
  access_denied: 'sign-in-cancelled',
  server_error: 'sign-in-unavailable',
  temporarily_unavailable: 'sign-in-unavailable',
};

/**
 * Leaves for the issuer, which sends whoever has signed in back to the redirect address.
 *
 * @param scope what is asked for, `openid` among it
 * @throws {Error} with `code`, where the issuer cannot be asked
 */
export async function leaveForIssuer(client: Client, scope: string): Promise<void> {
  const { issuer, clientId, redirectUri } = client;
  const authorize = await endpoint(issuer, 'authorization_endpoint');
  const begun = {
    ...{ state: random(), nonce: random(), verifier: random() },
    page: location.pathname,
    back: location.search + location.hash,
  };
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await sha256(begun.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(query)) authorize.searchParams.set(name, value);
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  location.assign(authorize);
}

/**
 * The ID token, where the address carries the issuer's answer; nothing where it does not.
 *
 * @throws {Error} with `code`, where the answer is a refusal, or is refused
 */
export async function tokenFromIssuer(client: Client): Promise<string | undefined> {
  const answer = new URLSearchParams(location.search);
  // By `state` alone: a page may have a `code` of its own, and every answer to ours repeats the state.
  if (!answer.has('state')) return undefined;
  const begun = takeBegun();
  // Before anything else: a code must not be read, shared or sent a second time.
  history.replaceState(null, '', location.pathname + (begun?.back ?? ''));
  if (begun?.state !== answer.get('state')) {
    throw failure('sign-in-stale', 'this tab has not asked');
  }
  return redeem(client, codeIn(answer, client.issuer), begun);
}

function takeBegun(): Begun | undefined {
  const begun = sessionStorage.getItem(BEGUN);
  sessionStorage.removeItem(BEGUN);
  return begun === null ? undefined : JSON.parse(begun);
}

/** The code that the issuer answered with. @see https://www.rfc-editor.org/rfc/rfc9207 for `iss` */
function codeIn(answer: URLSearchParams, issuer: string): string {
  const from = answer.get('iss') ?? issuer;
  if (from !== issuer) throw failure('sign-in-refused', `"${from}" answered, not "${issuer}"`);
  const error = answer.get('error');
  if (error !== null) {
    throw failure(CODES[error] ?? 'sign-in-refused', `the issuer answered "${error}"`);
  }
  const code = answer.get('code');
  if (!code) throw failure('sign-in-refused', 'no code');
  return code;
}

/** Exchanges a code for an ID token. */
async function redeem(client: Client, code: string, begun: Begun): Promise<string> {
  const { issuer, clientId, redirectUri } = client;
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: begun.verifier,
  });
  const { id_token: token } = await ask(await endpoint(issuer, 'token_endpoint'), body);
  const { iss, aud, nonce } = claimsOf(token);
  // What the session route cannot know is checked here: that the token answers this very question. It checks the rest.
  const isOurs = iss === issuer && [aud].flat().includes(clientId) && nonce === begun.nonce;
  if (!isOurs) throw failure('sign-in-refused', 'the ID token is not ours');
  return String(token);
}

function claimsOf(token: unknown): Json {
  try {
    const [, payload = ''] = String(token).split('.');
    return Object(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch (cause) {
    throw failure('sign-in-refused', 'no readable ID token', cause);
  }
}

/** An endpoint of the issuer, by discovery. @see https://openid.net/specs/openid-connect-discovery-1_0.html */
async function endpoint(issuer: string, name: string): Promise<URL> {
  const found = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (found['issuer'] !== issuer) {
    throw failure('sign-in-refused', `"${found['issuer']}" answered, not "${issuer}"`);
  }
  const address = String(found[name]);
  // Neither a script, nor a way to overhear what the issuer itself encrypts.
  if (URL.canParse(address) && new URL(address).protocol === new URL(issuer).protocol) {
    return new URL(address);
  }
  throw failure('sign-in-refused', `the ${name} is "${address}"`);
}

/** Asks the issuer; with a body by POST. */
async function ask(url: string | URL, body?: URLSearchParams): Promise<Json> {
  const response = await fetch(url, {
    ...(body && { method: 'POST', body }),
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(ISSUER_MS),
  }).catch((cause: unknown) => {
    throw failure('sign-in-unavailable', `"${url}" does not answer`, cause);
  });
  const answer = await jsonOf(response);
  if (response.ok) return answer;
  const code = isPassing(response.status) ? 'sign-in-unavailable' : 'sign-in-refused';
  throw failure(code, `"${url}" answered ${response.status} "${answer['error']}"`);
}

export const jsonOf = (response: Response): Promise<Json> =>
  response.json().then(Object, () => ({}));

export const isPassing = (status: number): boolean => status === 429 || status >= 500;

/** 256 bits that nobody can guess, 43 base64url characters. */
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const sha256 = async (text: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const failure = (code: string, why: string, cause?: unknown): Error =>
  Object.assign(new Error(`Cannot sign in: ${why}`, { cause }), { code });
