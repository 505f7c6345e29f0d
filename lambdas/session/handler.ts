/** @module POST /api/session with an ID token: a session for somebody known. Guests get theirs at the gate. */

import { readEnv } from '../../adapters/env.ts';
import { identity } from '../../adapters/identity.ts';
import { secretsManager } from '../../adapters/lean-clients.ts';
import { secret } from '../../adapters/secrets.ts';
import { sessionCookie } from '../../adapters/session.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { http } from '../http.ts';
import { problem } from '../problem.ts';
import { sessionEnv } from './env.ts';

const env = readEnv(sessionEnv);
const identify =
  env.OIDC_ISSUER === ''
    ? undefined
    : identity({
        issuer: env.OIDC_ISSUER,
        audience: env.OIDC_AUDIENCE,
        membershipClaim: env.OIDC_MEMBERSHIP_CLAIM,
        createdClaim: env.OIDC_CREATED_CLAIM,
      });
const keys = secret(secretsManager(), env.SIGNING_SECRET_ARN, systemClock);

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,8192})$/i;

export const handler = http(async ({ headers }) => {
  const [, token] = BEARER.exec(headers['authorization'] ?? '') ?? [];
  const identified = token && identify && (await identify(token));
  if (!identified)
    return problem('session-missing', 'Cannot sign in: the ID token is not accepted');
  const isSecure = headers['x-site-origin']?.startsWith('https:') ?? true;
  const cookie = sessionCookie(await keys(), identified, systemClock(), isSecure);
  return { statusCode: 204, headers: { 'set-cookie': cookie } };
});
