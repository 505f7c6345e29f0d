/**
 * @module
 * Everything below /api/operator/, for people whose ID token says that they are operators. A token travels in a header
 * that only a script of the page can set, so that no other site can act in an operator's name.
 */

import { readEnv } from '../../adapters/env.ts';
import { operatorIdentity } from '../../adapters/operator-identity.ts';
import type { Operator } from '../../domain/journal.ts';
import { http, type Reply, type Request } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { bodyOf } from './body.ts';
import { deskFrom } from './deployed.ts';
import { operateEnv } from './env.ts';
import { BASE, type Found, findRoute } from './router.ts';
import { ROUTES, SIGN_IN } from './routes.ts';

const env = readEnv(operateEnv);
const desk = deskFrom(env);
const issuer = {
  issuer: env.OPERATOR_ISSUER,
  audience: env.OPERATOR_AUDIENCE,
  groupClaim: env.OPERATOR_GROUP_CLAIM,
  group: env.OPERATOR_GROUP,
};
const identify = env.OPERATOR_ISSUER === '' ? undefined : operatorIdentity(issuer);

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,8192})$/i;

export const handler = http(async (request) => {
  if (request.httpMethod === 'GET' && request.path === BASE + SIGN_IN) return signIn();
  const found = findRoute(ROUTES, request.httpMethod, request.path);
  if (found === undefined) return problem('bad-request', 'There is no such path or method');
  const who = await whoAsks(request);
  return 'code' in who ? who : answer(request, found, who);
});

const signIn = (): Reply | Problem =>
  identify === undefined
    ? nobody()
    : { statusCode: 200, body: { issuer: issuer.issuer, clientId: issuer.audience } };

const nobody = (): Problem =>
  problem('operators-not-configured', 'This deployment has no sign-in for operators');

async function whoAsks({ headers }: Request): Promise<Operator | Problem> {
  if (identify === undefined) return nobody();
  const [, token] = BEARER.exec(headers['authorization'] ?? '') ?? [];
  const found = token === undefined ? undefined : await identify(token);
  switch (found?.kind) {
    case 'operator':
      return { name: found.name, from: `page at ${headers['x-viewer-address'] ?? 'unknown'}` };
    case 'outsider':
      return problem('not-an-operator', `You are not in the group "${issuer.group}"`);
    default:
      return problem('sign-in-required', 'The ID token is missing, expired or not accepted');
  }
}

async function answer(
  request: Request,
  { route, parameters }: Found,
  operator: Operator,
): Promise<Reply | Problem> {
  const read = bodyOf(request, route.takes ?? 'nothing');
  if (read.kind === 'refused') return read.why;
  const query = request.queryStringParameters ?? {};
  return route.run({ ...desk, ...read, operator, parameters, query });
}
