/** What a preflight learns from addresses that anybody may look at. */

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { issuerFacts } from '../../adapters/account-identity.ts';
import { siteFacts } from '../../adapters/account-site.ts';
import { freePort } from '../support/free-port.ts';

type Told = { readonly status?: number; readonly body: string };

let server: Server;
let url: string;
let answers: Record<string, Told>;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(request.url ?? '');
    const { status = 200, body } = answers[path] ?? { status: 404, body: 'nothing' };
    response.writeHead(status, { 'content-type': 'text/plain', location: '/elsewhere' }).end(body);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  answers = {};
  asked = [];
});

const unknown = (why: string) => ({ kind: 'unknown', why: expect.stringContaining(why) });

describe('siteFacts()', () => {
  test('tells each file, and the flag under a version that no page asks for', async () => {
    answers = { '/sales/night/': { body: '<html>' }, '/sales/night/sale.js': { body: 'flag' } };
    const { page, flag, data } = await siteFacts(url, 'night', () => 5);
    expect(page).toMatchObject({ kind: 'learnt', value: { status: 200, body: '<html>' } });
    expect(flag).toMatchObject({ kind: 'learnt', value: { body: 'flag' } });
    expect(data).toMatchObject({ kind: 'learnt', value: { status: 404 } });
    expect(asked).toContain('/sales/night/sale.js?v=preflight-5');
  });

  test('follows no redirection: it is what a shopper is told', async () => {
    answers = { '/sales/night/': { status: 302, body: '' } };
    const { page } = await siteFacts(url, 'night', () => 5);
    expect(page).toMatchObject({ value: { status: 302, headers: { location: '/elsewhere' } } });
  });

  test('takes the edge’s clock for that of the middle between question and answer', async () => {
    answers = { '/api/time': { body: '{"epochMs":1000}' } };
    // The first instant names the flag's version; then come question and answer.
    const instants = [0, 1200, 1300];
    const { clock } = await siteFacts(url, 'night', () => instants.shift()!);
    expect(clock).toEqual({ kind: 'learnt', value: { aheadMs: 250, errorMs: 50 } });
  });

  test.each([
    [{ status: 403, body: '' }, 'it answers 403'],
    [{ body: '<html>' }, 'it answers no JSON'],
    [{ body: 'null' }, 'it answers no JSON object'],
  ])('tells no time from %j', async (told, why) => {
    answers = { '/api/time': told };
    const { clock } = await siteFacts(url, 'night', () => 5);
    expect(clock).toEqual(unknown(why));
  });

  test('says that nobody answers', async () => {
    const { page, clock } = await siteFacts(
      `http://127.0.0.1:${await freePort()}`,
      'night',
      () => 5,
    );
    expect([page, clock]).toEqual([unknown('ECONNREFUSED'), unknown('ECONNREFUSED')]);
  });
});

describe('issuerFacts()', () => {
  const DISCOVERY = '/.well-known/openid-configuration';
  const discovery = (changes: object = {}) => ({
    body: JSON.stringify({ issuer: `${url}/`, jwks_uri: `${url}/keys`, ...changes }),
  });

  test('counts the keys that the discovery document leads to, a slash at the issuer’s end or not', async () => {
    answers = { [DISCOVERY]: discovery(), '/keys': { body: '{"keys":[{},{}]}' } };
    const right = { kind: 'learnt', value: { issuer: `${url}/`, keys: 2 } };
    expect(await issuerFacts(`${url}/`)).toEqual(right);
    expect(await issuerFacts(url)).toEqual(right);
  });

  test('finds no keys where nothing leads to them, or where there are none', async () => {
    answers = { [DISCOVERY]: discovery({ jwks_uri: undefined, issuer: undefined }) };
    expect(await issuerFacts(url)).toEqual({ kind: 'learnt', value: { issuer: '', keys: 0 } });
    answers = { [DISCOVERY]: discovery(), '/keys': { body: '{}' } };
    expect(await issuerFacts(url)).toMatchObject({ value: { keys: 0 } });
  });

  test('says what is missing', async () => {
    expect(await issuerFacts(url)).toEqual(unknown('it answers 404'));
    answers = { [DISCOVERY]: discovery() };
    expect(await issuerFacts(url)).toEqual(unknown('it answers 404'));
  });
});
