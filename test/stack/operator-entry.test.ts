/** Who gets into the operators' API, and with what kind of request. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askAs, type Office, openOffice } from './office.ts';
import { type Scene, startScene } from './scene.ts';

let office: Office;
let scene: Scene;
let olivia: string;

beforeAll(async () => {
  office = await openOffice();
  scene = await startScene(
    {},
    { parameters: { ...office.parameters, OidcIssuer: office.issuer.url, OidcAudience: 'shop' } },
  );
  await scene.open();
  olivia = await office.token();
}, 60_000);

afterAll(async () => {
  await scene?.stop();
  await office?.stop();
});

const as = (token: string, method: string, path: string, body?: object) =>
  askAs(scene, token, method, path, body);

const ask = (method: string, path: string, body?: object) => as(olivia, method, path, body);

const today = () => new Date(scene.stack.clock.now()).toISOString().slice(0, 10);

const entries = async (): Promise<readonly Record<string, unknown>[]> =>
  (await ask('GET', `/log/${today()}`)).body['entries'];

describe('the way in', () => {
  test('is an ID token of somebody in the group, who is then known by name', async () => {
    const { status, body } = await ask('GET', '/me');
    expect([status, body]).toEqual([200, { name: 'Olivia (olivia-1)' }]);
    const groups = 'operators';
    expect((await as(await office.token({ groups }), 'GET', '/me')).status).toBe(200);
  });

  test.each<[string, number, string, Record<string, unknown>]>([
    ['for another audience', 401, 'sign-in-required', { aud: 'shop' }],
    [
      'of a shopper at the same issuer',
      401,
      'sign-in-required',
      { aud: 'shop', groups: undefined },
    ],
    ['that has ended', 401, 'sign-in-required', { exp: 1 }],
    ['without an end', 401, 'sign-in-required', { exp: undefined }],
    ['that is an access token', 401, 'sign-in-required', { token_use: 'access' }],
    ['of nobody', 401, 'sign-in-required', { sub: '' }],
    ['without a group', 403, 'not-an-operator', { groups: undefined }],
    ['of another group', 403, 'not-an-operator', { groups: ['shoppers'] }],
    ['of a group whose name begins like it', 403, 'not-an-operator', { groups: ['operators2'] }],
    ['of a text that has it within', 403, 'not-an-operator', { groups: 'all operators' }],
    ['of an object that has it', 403, 'not-an-operator', { groups: { operators: true } }],
  ])('is shut to a token %s', async (_, status, code, claims) => {
    const answer = await as(await office.token(claims), 'GET', '/sales');
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  test.each([
    ['no token', {}],
    ['a session cookie', { cookie: 'fs_session=k1.e30.x' }],
    ['another scheme', { authorization: 'Basic b2xpdmlhOng=' }],
    ['no JWT', { authorization: 'Bearer olivia' }],
  ])('is shut to %s', async (_, headers) => {
    const answer = await scene.ask('GET', '/api/operator/sales', { headers });
    expect([answer.status, answer.body['code']]).toEqual([401, 'sign-in-required']);
  });

  test('stays shut to a token signed by nobody', async () => {
    const [head, payload] = olivia.split('.');
    const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [forged, `${head}.${payload}.AAAA`]) {
      expect((await as(token, 'GET', '/me')).body['code']).toBe('sign-in-required');
    }
  });

  test('says where to sign in, to anybody', async () => {
    const { body } = await scene.ask('GET', '/api/operator/sign-in');
    expect(body).toEqual({ issuer: office.issuer.url, clientId: 'the-office' });
  });

  test('leaves nothing behind in the log where it is shut', async () => {
    const token = await office.token({ groups: [] });
    const before = await entries();
    expect((await as(token, 'POST', '/sales/first/pause')).status).toBe(403);
    expect(await entries()).toEqual(before);
  });
});

describe('a request', () => {
  const sent = (headers: Record<string, string>, body: string) =>
    scene.ask('POST', '/api/operator/sales/first/resume', {
      headers: { authorization: `Bearer ${olivia}`, ...headers },
      body: Buffer.from(body),
    });
  const JSON_TYPE = { 'content-type': 'application/json' };

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'inSeconds=60'],
    ['text', { 'content-type': 'text/plain' }, '{"inSeconds":60}'],
    ['no JSON', JSON_TYPE, '{'],
    ['a member too many', JSON_TYPE, '{"inSeconds":60,"now":true}'],
    ['too little', JSON_TYPE, '{}'],
    ['a second too few', JSON_TYPE, '{"inSeconds":59}'],
    ['a second too many', JSON_TYPE, '{"inSeconds":3601}'],
    ['more than is taken', JSON_TYPE, `{"inSeconds":60${' '.repeat(128 * 1024)}}`],
  ])('with %s is refused', async (_, headers, body) => {
    const answer = await sent(headers, body);
    expect([answer.status, answer.body['code']]).toEqual([400, 'bad-request']);
  });

  test.each([
    ['GET', '/nothing'],
    ['PATCH', '/sales'],
    ['GET', '/sales/first/pause'],
    ['GET', '/log/yesterday'],
  ])('%s %s leads nowhere', async (method, path) => {
    expect((await ask(method, path)).body['code']).toBe('bad-request');
  });

  test.each([
    ['GET', '/sales/nowhere', undefined],
    ['GET', '/sales/nowhere/events', undefined],
    ['GET', '/sales/nowhere/audit', undefined],
    ['GET', '/sales/nowhere/refunds', undefined],
    ['POST', '/sales/nowhere/pause', undefined],
    ['POST', '/sales/nowhere/close', undefined],
    ['POST', '/sales/nowhere/resume', { inSeconds: 60 }],
    ['POST', '/sales/nowhere/extend', { closesAtEpochMs: 1 }],
  ])('%s %s is told that there is no such sale', async (method, path, body) => {
    const answer = await ask(method, path, body);
    expect([answer.status, answer.body['code']]).toEqual([404, 'unknown-sale']);
  });
});
