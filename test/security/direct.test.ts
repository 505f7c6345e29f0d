/** Calls around CloudFront: API Gateway wants a key, and with a key the functions want everything else again. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sign } from '../../adapters/hmac.ts';
import { BAD_REQUESTS, type Scrap } from '../stack/bad-requests.ts';
import { scrapOf, startBadScene } from '../stack/bad-scene.ts';
import type { Scene } from '../stack/scene.ts';
import { type Behind, watchApi } from './behind.ts';

let scene: Scene;
let behind: Behind;
let scrap: Scrap;
let keys: Awaited<ReturnType<Behind['keys']>>;
let untouched: readonly string[];

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  scene = await startBadScene();
  await scene.publish({ id: 'first' });
  const now = scene.stack.clock.now();
  await scene.publish({ id: 'later', opensAt: now + HOUR_MS, closesAt: now + 2 * HOUR_MS });
  await scene.open();
  scrap = await scrapOf(scene);
  behind = watchApi(scene);
  keys = await behind.keys('bad');
  await scene.stack.settle();
  untouched = await scene.dump();
});

afterAll(() => scene?.stop());

const buyPath = () => `/api/sales/bad/${scrap.doorKey}/orders?sku=lamp`;
const admitted = () => ({ cookie: scrap.cookie, 'x-ticket': scrap.ticket });

/** Every route of the API, with all that a shopper would need there. */
const ROUTES: readonly (readonly [method: string, path: () => string])[] = [
  ['POST', () => '/api/session'],
  ['GET', () => '/api/sales/bad'],
  ['POST', buyPath],
  ['GET', () => `/api/orders/${scrap.orderId}`],
  ['DELETE', () => `/api/orders/${scrap.orderId}`],
  ['POST', () => `/api/orders/${scrap.orderId}/checkout`],
  ['POST', () => '/api/payments/events'],
  ['GET', () => '/api/operator/sign-in'],
  ['POST', () => '/api/operator/sales/bad/pause'],
];

describe('without one of the keys of CloudFront no function is reached:', () => {
  const wrong: Readonly<Record<string, () => Record<string, string>>> = {
    'no key': () => ({}),
    'an empty key': () => ({ 'x-api-key': '' }),
    'a guess': () => ({ 'x-api-key': 'a'.repeat(40) }),
    'a key in capitals': () => ({ 'x-api-key': keys.buy.toUpperCase() }),
    'a key with a space': () => ({ 'x-api-key': `${keys.buy} ` }),
    'two keys': () => ({ 'x-api-key': `${keys.buy}, ${keys.browse}` }),
    'the key as another header': () => ({ 'api-key': keys.buy, authorization: keys.buy }),
    'the key as a cookie': () => ({ cookie: `${scrap.cookie}; x-api-key=${keys.buy}` }),
    'what the gate sets': () => ({
      'x-site-origin': scene.stack.siteUrl,
      'x-transaction-id': 't'.repeat(22),
      'x-amzn-waf-captcha': 'solved',
      'x-forwarded-host': 'shop.example',
      via: '2.0 edge.cloudfront.net (CloudFront)',
      'x-amz-cf-id': 'x',
      'user-agent': 'Amazon CloudFront',
    }),
  };

  test.each(Object.entries(wrong))('%s', async (_, headers) => {
    const before = behind.invocations();
    for (const [method, path] of ROUTES) {
      const { status, body } = await behind.call(method, path(), { ...admitted(), ...headers() });
      expect([method, status, body['code']]).toEqual([method, 403, 'not-eligible']);
    }
    expect(behind.invocations()).toBe(before);
    expect(await scene.dump()).toEqual(untouched);
  });
});

test('each kind of traffic has a key of its own', () => {
  expect(new Set(Object.values(keys)).size).toBe(3);
  for (const key of Object.values(keys)) expect(key).toMatch(/^[A-Za-z0-9]{40}$/);
});

/** What is refused behind the gate too; how a path is written, and unknown sales, are the gate's own. */
const AGAIN = /^(session-missing|ticket-|door-key-wrong|unknown-order|unknown-item|bad-request)/;

const cases = BAD_REQUESTS.filter(
  ([name, status, code, method, path]) =>
    !name.startsWith('path ') &&
    AGAIN.test(code) &&
    [400, 401, 403, 404].includes(status) &&
    ['GET', 'POST', 'DELETE'].includes(method) &&
    /\/(orders)[/?]?/.test(
      path({ orderId: 'a.b.c', otherOrderId: 'a.b.c', doorKey: 'd' } as Scrap),
    ),
).map(([name, status, code, ...request]) => [name, status, code, request] as const);

describe('with the key of buys the functions refuse all the same:', () => {
  test('so many cases', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  test.each(cases)('%s: %i %s', async (_, status, code, [method, path, ask]) => {
    const { headers = {} } = ask?.(scrap) ?? {};
    const sent = { ...(headers as Record<string, string>), 'x-api-key': keys.buy };
    const answer = await behind.call(method, path(scrap), sent);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await scene.dump()).toEqual(untouched);
  });

  const ticketOf = (values: object) =>
    sign(
      scrap.keys,
      'ticket',
      { s: 'bad', f: 0, e: scrap.now + HOUR_MS, ...values },
      scrap.shopper,
    );

  test.each([
    ['a sale that has not opened', 'later', 403, 'not-open'],
    ['a sale that nobody published', 'nowhere', 404, 'unknown-sale'],
  ])('a buy in %s', async (_, saleId, status, code) => {
    const path = `/api/sales/${saleId}/any/orders?sku=lamp`;
    const headers = { 'x-api-key': keys.buy, cookie: scrap.cookie };
    const sent = { ...headers, 'x-ticket': ticketOf({ s: saleId }) };
    const answer = await behind.call('POST', path, sent);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});

/**
 * API Gateway binds a key to a stage and not to a method: what is on the other keys gets through to the function, which
 * asks for session, door key and ticket, and is throttled as that traffic is.
 */
describe('with the key of other traffic', () => {
  test('a buy needs all that it needs', async () => {
    const key = { 'x-api-key': keys.browse };
    const codes: unknown[] = [];
    for (const headers of [{}, { cookie: scrap.cookie }, { 'x-ticket': scrap.ticket }]) {
      const { body } = await behind.call('POST', buyPath(), { ...key, ...headers });
      codes.push(body['code']);
    }
    expect(codes).toEqual(['session-missing', 'ticket-invalid', 'session-missing']);
    expect(await scene.dump()).toEqual(untouched);
  });

  test('nobody gets to the other API: operators and shoppers have one each', async () => {
    const before = behind.invocations();
    const refused = async (method: string, path: string, key: string) =>
      (await behind.call(method, path, { ...admitted(), 'x-api-key': key })).body['code'];
    expect(await refused('POST', buyPath(), keys.operate)).toBe('not-eligible');
    expect(await refused('GET', '/api/sales/bad', keys.operate)).toBe('not-eligible');
    for (const key of [keys.buy, keys.browse]) {
      expect(await refused('GET', '/api/operator/sign-in', key)).toBe('not-eligible');
    }
    expect(behind.invocations()).toBe(before);
    const own = { 'x-api-key': keys.operate };
    const { body } = await behind.call('GET', '/api/operator/sign-in', own);
    // The function itself was asked: this stack has no issuer of operators.
    expect(body['code']).toBe('operators-not-configured');
  });
});

describe('what the gate says of a request is not what a function believes of the shopper', () => {
  test('the shopper and the transaction of an order come from the signed session', async () => {
    const path = `/api/sales/first/${await scene.doorKey('first')}/orders?sku=lamp`;
    const fresh = await scene.enter();
    const answer = await behind.call('POST', path, {
      ...{ cookie: fresh.cookie, 'x-ticket': await fresh.ticket('first'), 'x-api-key': keys.buy },
      'x-transaction-id': 'v'.repeat(22),
      'x-shopper-id': scrap.shopper,
    });
    expect(answer.status).toBe(201);
    const said = JSON.parse(Buffer.from(fresh.cookie.split('.')[1] ?? '', 'base64url').toString());
    const claim = await scene.claim(answer.body['orderId']);
    expect([claim?.shopper, claim?.transaction]).toEqual([said.u, said.t]);
  });
});
