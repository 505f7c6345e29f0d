/** What a shopper sends so that gate, CloudFront, API and functions would understand it differently. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { type Behind, watchApi } from './behind.ts';

let scene: Scene;
let behind: Behind;
let keys: Awaited<ReturnType<Behind['keys']>>;
let shopper: Shopper;
let orderId: string;
let transaction: string;
let provider: string;

beforeAll(async () => {
  scene = await startScene({ id: 'bad', items: [{ units: 300, limit: 3 }] });
  await scene.open();
  shopper = await scene.enter();
  orderId = await shopper.order('bad');
  const { body } = await shopper.checkout(orderId);
  provider = new URL(body['redirectUrl']).origin;
  transaction = JSON.parse(
    Buffer.from(shopper.cookie.split('.')[1] ?? '', 'base64url').toString(),
  ).t;
  behind = watchApi(scene);
  keys = await behind.keys('bad');
});

afterAll(() => scene?.stop());

const EVIL = 'https://evil.example';
const FORGED = 'v'.repeat(22);

/** Headers by which a shopper might pass for the site; each value is one that no shopper of ours would have. */
const HEADERS: Readonly<Record<string, Record<string, string | string[]>>> = {
  'as the gate writes them': {
    'x-site-origin': EVIL,
    'x-transaction-id': FORGED,
    'x-api-key': 'stolen',
    'x-amzn-waf-captcha': 'solved',
  },
  'in odd cases': {
    'X-SITE-ORIGIN': EVIL,
    'X-Transaction-ID': FORGED,
    'x-API-kEY': 'stolen',
    'X-Amzn-Waf-Captcha': 'solved',
  },
  'twice each': {
    'x-site-origin': [EVIL, EVIL],
    'x-transaction-id': [FORGED, FORGED],
    'x-api-key': ['stolen', 'stolen'],
  },
  'with underscores': { x_site_origin: EVIL, x_transaction_id: FORGED, x_api_key: 'stolen' },
  'by the names of other proxies': {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-server': 'evil.example',
    'x-original-host': 'evil.example',
    'x-host': 'evil.example',
    forwarded: 'host=evil.example;proto=http',
    'x-original-url': `/api/orders/${'x'}`,
    'x-rewrite-url': '/api/payments/events',
    origin: EVIL,
    referer: `${EVIL}/`,
  },
  'named as hop by hop': {
    connection: 'x-site-origin, x-transaction-id, x-api-key, cookie, close',
    'x-site-origin': EVIL,
    'x-transaction-id': FORGED,
  },
  'by a forged scheme': {
    'x-forwarded-proto': 'javascript',
    'cloudfront-forwarded-proto': 'javascript',
    'x-forwarded-port': '1',
  },
  'by another method': {
    'x-http-method-override': 'DELETE',
    'x-http-method': 'DELETE',
    'x-method-override': 'DELETE',
  },
};

describe.each(Object.entries(HEADERS))('headers %s', (_, headers) => {
  test('do not reach the API where the gate has its own', async () => {
    const from = behind.arrived.length;
    const { status, body } = await shopper.ask('GET', `/api/orders/${orderId}`, headers);
    expect([status, body['status']]).toEqual([200, 'RESERVED']);
    const [sent, ...more] = behind.arrived.slice(from);
    expect(more).toEqual([]);
    expect(sent?.headers).toMatchObject({
      'x-site-origin': scene.stack.siteUrl,
      'x-transaction-id': transaction,
      'x-api-key': keys.browse,
    });
  });

  test('lead nobody elsewhere after paying', async () => {
    const { body } = await shopper.ask('POST', `/api/orders/${orderId}/checkout`, headers);
    const { origin, searchParams } = new URL(body['redirectUrl']);
    expect(origin).toBe(provider);
    const [json = ''] = searchParams.get('token')?.split('.') ?? [];
    const { returnUrl } = JSON.parse(Buffer.from(json, 'base64url').toString());
    expect(returnUrl).toBe(`${scene.stack.siteUrl}/sales/bad/?order=${orderId}`);
  });

  test('buy for nobody else, and reach the buy function by its own policy alone', async () => {
    const buyer = await scene.enter();
    await buyer.ticket('bad');
    const from = behind.arrived.length;
    const { status } = await buyer.buy('bad', { headers });
    expect(status).toBe(201);
    const names = Object.keys(behind.arrived[from]?.headers ?? {}).toSorted();
    // What the policy `Buyer` names, the cookie, and what CloudFront says itself.
    expect(names).toEqual([
      ...['cloudfront-viewer-address', 'cloudfront-viewer-country'],
      ...['cloudfront-viewer-ja4-fingerprint', 'cookie', 'user-agent', 'x-api-key'],
      ...['x-forwarded-for', 'x-site-origin', 'x-ticket', 'x-transaction-id'],
    ]);
    expect(behind.arrived[from]?.headers['x-api-key']).toBe(keys.buy);
  });

  test('make no cookie weaker', async () => {
    const ask = { headers: headers as Record<string, string> };
    const reply = await scene.ask('POST', '/api/session', ask);
    const plain = await scene.ask('POST', '/api/session');
    const attributes = (cookies: string[] = []) => cookies.map((one) => one.replace(/^[^;]*/, ''));
    expect(attributes(reply.headers['set-cookie'])).toEqual(
      attributes(plain.headers['set-cookie']),
    );
  });
});

test('the order stands, whatever method was asked for in a header', async () => {
  expect((await shopper.look(orderId)).body['status']).toBe('RESERVED');
});

describe('no method but the one on the request line counts', () => {
  test.each(['?_method=DELETE', '?method=DELETE', '?X-HTTP-Method-Override=DELETE'])(
    'in a query: %s',
    async (query) => {
      const { status, body } = await shopper.ask('GET', `/api/orders/${orderId}${query}`);
      expect([status, body['status']]).toEqual([200, 'RESERVED']);
    },
  );

  test('in a body', async () => {
    await scene.ask('POST', `/api/orders/${orderId}/checkout`, {
      headers: { cookie: shopper.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: '_method=DELETE',
    });
    expect((await shopper.look(orderId)).body['status']).toBe('RESERVED');
  });
});
