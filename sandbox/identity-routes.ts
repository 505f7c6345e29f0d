/** @module What the identity provider's server answers on each path. */

import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bodyOf, html, json, problem, type Reply, seeOther } from './http.ts';
import type { Codes, Grant, Person } from './identity-codes.ts';
import {
  type Groups,
  IDENTITY_STYLE,
  MAX_CHARS,
  MAX_DAYS,
  signInPage,
  untrustedPage,
} from './identity-pages.ts';
import { answerTo, type Client, type ReturnAddress, readRequest } from './identity-request.ts';
import { publicKeys, signed } from './identity-tokens.ts';

export type IdentityDesk = {
  readonly client: Client;
  readonly groups: Groups;
  readonly now: () => number;
  readonly codes: Codes;
  /** Scheme, host and port of the server itself. */
  readonly issuer: () => string;
};

/** Long enough for a browser that waits before a throttled session route. */
const TOKEN_SECONDS = 600;

const DAY_SECONDS = 86_400;

export async function identityRoute(desk: IdentityDesk, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /.well-known/openid-configuration':
      return readable(desk, json(200, metadata(desk.issuer())));
    case 'GET /jwks':
      return readable(desk, json(200, publicKeys()));
    case 'GET /style.css':
      return { status: 200, headers: { 'content-type': 'text/css' }, body: IDENTITY_STYLE };
    case 'GET /authorize':
      return authorize(desk, url);
    case 'POST /authorize':
      return authorize(desk, url, await formOf(request));
    case 'POST /token':
      return readable(desk, token(desk, await formOf(request)));
    default:
      return problem(404, 'unknown-path', 'There is nothing here.');
  }
}

const formOf = async (request: IncomingMessage) => new URLSearchParams(await bodyOf(request));

/** By scripts of the registered site, and of no other. */
const readable = ({ client }: IdentityDesk, reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'access-control-allow-origin': client.siteOrigin, vary: 'origin' },
});

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  scopes_supported: ['openid'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

/** The page, and once its form has come, the way back to the site. */
function authorize(desk: IdentityDesk, url: URL, form?: URLSearchParams): Reply {
  const read = readRequest(desk.client, url.searchParams);
  if (read.kind === 'untrusted') return html(400, untrustedPage(read.why));
  if (read.kind === 'refused') return answered(desk, read.to, { error: read.error });
  const { request } = read;
  const action = url.pathname + url.search;
  const again = (status: number, mistake?: string) =>
    html(status, signInPage(action, desk.groups, mistake), desk.client.siteOrigin);
  if (form === undefined) return again(200);
  if (form.get('action') === 'cancel') return answered(desk, request, { error: 'access_denied' });
  const person = personIn(form, desk.now());
  if (person === undefined) {
    return again(400, `A name is wanted, and an age of 0 to ${MAX_DAYS} days.`);
  }
  return answered(desk, request, { code: desk.codes.issue({ person, request }) });
}

const answered = (
  desk: IdentityDesk,
  to: ReturnAddress,
  answer: Readonly<Record<string, string>>,
): Reply => seeOther(answerTo(to, { ...answer, iss: desk.issuer() }));

function personIn(form: URLSearchParams, nowMs: number): Person | undefined {
  const text = (name: string) => (form.get(name) ?? '').trim().normalize();
  const [name, membership, days] = [text('name'), text('membership'), text('days')];
  const isShort = name.length <= MAX_CHARS && membership.length <= MAX_CHARS;
  const isGood = name !== '' && isShort && /^\d{1,4}$/.test(days) && Number(days) <= MAX_DAYS;
  if (!isGood) return undefined;
  const accountCreatedAtEpochSeconds = Math.floor(nowMs / 1000) - Number(days) * DAY_SECONDS;
  return { name, membership, accountCreatedAtEpochSeconds };
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5 */
function token(desk: IdentityDesk, form: URLSearchParams): Reply {
  const text = (name: string) => form.get(name) ?? '';
  if (text('grant_type') !== 'authorization_code') {
    return json(400, { error: 'unsupported_grant_type' });
  }
  if (text('client_id') !== desk.client.clientId) return json(401, { error: 'invalid_client' });
  const grant = desk.codes.redeem(text('code'), text('redirect_uri'), text('code_verifier'));
  if (grant === undefined) return json(400, { error: 'invalid_grant' });
  return json(200, {
    // There is nothing that it would open; but no token answer is without one.
    access_token: randomBytes(24).toString('base64url'),
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
    scope: 'openid',
    id_token: idToken(desk, grant),
  });
}

function idToken({ client, issuer, groups, now }: IdentityDesk, { person, request }: Grant) {
  const issuedAt = Math.floor(now() / 1000);
  return signed({
    iss: issuer(),
    aud: client.clientId,
    // Whoever types "ada" tomorrow is the Ada of today; and a subject is ASCII.
    sub: createHash('sha256').update(person.name.toLowerCase()).digest('base64url'),
    iat: issuedAt,
    exp: issuedAt + TOKEN_SECONDS,
    nonce: request.nonce,
    name: person.name,
    membership: person.membership || undefined,
    account_created_at: person.accountCreatedAtEpochSeconds,
    groups: groups[person.name.toLowerCase()],
  });
}
