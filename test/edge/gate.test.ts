import { describe, expect, test } from '@jest/globals';
import {
  anEvent,
  answered,
  aSale,
  aSession,
  CLOSES_AT,
  gateAt,
  KEYS,
  mac,
  OPENS_AT,
  passed,
} from './gate-scene.ts';

const NOW = OPENS_AT;

const seen = async (asked: Parameters<typeof anEvent>[0], now = NOW, store = {}) =>
  answered(await gateAt(now, store)(anEvent(asked)));

describe('pages', () => {
  test.each([
    ['/', '/index.html'],
    ['/sales/demo/', '/sale.html'],
    ['/operator/', '/operator.html'],
    ['/operators/', '/operators/'],
    ['/sales/demo/sale.js', '/sales/demo/sale.js'],
    ['/sales/index.json', '/sales/index.json'],
    ['/assets/style-ABC.css', '/assets/style-ABC.css'],
    ['/images/a%20cup.jpg', '/images/a%20cup.jpg'],
    ['/apis', '/apis'],
  ])('%s is the file %s', async (uri, file) => {
    expect(passed(await gateAt(NOW)(anEvent({ uri }))).uri).toBe(file);
  });

  test('a sale without its slash moves, with its query', async () => {
    const { status, headers } = await seen({ uri: '/sales/demo', query: { order: 'x' } });
    expect([status, headers['location']]).toEqual([301, '/sales/demo/?order=x']);
  });
});

describe('operators', () => {
  test('find their page without its slash', async () => {
    const { status, headers } = await seen({ uri: '/operator' });
    expect([status, headers['location']]).toEqual([301, '/operator/']);
  });

  test('pass with the address that CloudFront saw, in place of what they sent, and without a session', async () => {
    const headers = {
      'x-viewer-address': '192.0.2.1',
      'x-api-key': 'mine',
      authorization: 'Bearer x',
    };
    const event = anEvent({ uri: '/api/operator/sales', headers, cookie: aSession() });
    // Without keys no session could be read.
    const request = passed(await gateAt(NOW, { keys: undefined })(event));
    expect(request.headers['x-viewer-address']).toEqual({ value: event.viewer.ip });
    expect(request.headers['authorization']).toEqual({ value: 'Bearer x' });
    expect(request.headers['x-api-key']).toBeUndefined();
    expect(request.headers['x-transaction-id']).toBeUndefined();
  });

  test('have paths of their own alone', async () => {
    const request = passed(await gateAt(NOW)(anEvent({ uri: '/api/operators/x' })));
    expect(request.headers['x-viewer-address']).toBeUndefined();
  });
});

describe('answers of the edge', () => {
  test('GET /api/time is the time', async () => {
    const { status, body, headers } = await seen({ uri: '/api/time' });
    expect([status, body]).toEqual([200, { epochMs: NOW }]);
    expect(headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  test('GET /api/where is where CloudFront saw the shopper', async () => {
    const headers = {
      'cloudfront-viewer-country': 'NZ',
      'cloudfront-viewer-latitude': '-36.85',
      'cloudfront-viewer-longitude': '174.76',
    };
    const { body } = await seen({ uri: '/api/where', headers });
    expect(body).toEqual({ country: 'NZ', latitude: '-36.85', longitude: '174.76' });
  });

  test('GET /api/where is null where CloudFront does not know', async () => {
    const { body } = await seen({ uri: '/api/where' });
    expect(body).toEqual({ country: null, latitude: null, longitude: null });
  });

  test.each([['/api/time'], ['/api/where'], ['/api/sales/demo']])(
    'POST %s is a bad request that names the method',
    async (uri) => {
      const { status, body } = await seen({ uri, method: 'POST' });
      expect([status, body['type']]).toEqual([400, 'urn:flash-sale:problem:bad-request']);
      expect(body['detail']).toContain('POST');
    },
  );
});

describe('paths of a sale', () => {
  test.each([
    ['/api/sales/nope'],
    ['/api/sales/'],
    ['/api/sales/nope/ticket'],
    ['/api/sales/nope/any/orders'],
    ['/api/sales/nope/whatever/else/%ff'],
    ['/api/sales/de%6Do'],
    ['/api/sales/__proto__'],
    [`/api/sales/${'x'.repeat(41)}`],
  ])('%s is of an unknown sale', async (uri) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await seen({ uri, method })).toMatchObject({ status: 404, code: 'unknown-sale' });
    }
  });

  test('an id of 40 characters is looked up', async () => {
    const id = 'x'.repeat(40);
    const gate = gateAt(NOW, { [`sale/${id}`]: aSale() });
    passed(await gate(anEvent({ uri: `/api/sales/${id}` })));
  });

  test('GET of the sale passes without a session', async () => {
    passed(await gateAt(NOW)(anEvent({ uri: '/api/sales/demo' })));
  });

  test.each([
    ['/api/sales/demo/door-key/%6Frders'],
    ['/api/sales/demo/door-key/orders/'],
    ['/api/sales/demo/./door-key/orders'],
    ['/api/sales/demo//orders'],
    ['/api//sales/demo/door-key/orders'],
    ['//api/sales/demo/door-key/orders'],
    ['/%61pi/sales/demo/door-key/orders'],
    ['/x/../api/sales/demo/door-key/orders'],
    ['/x/%2E%2e/api/sales/demo/door-key/orders'],
    ['/api/orders/%ff'],
  ])('%s is not written plainly, and goes nowhere', async (uri) => {
    expect(await seen({ uri, method: 'POST' })).toMatchObject({ status: 400, code: 'bad-request' });
  });
});

describe('POST /api/sales/{sale}/ticket', () => {
  const ask = { uri: '/api/sales/demo/ticket', method: 'POST', cookie: aSession({ e: 9e9 }) };
  const fraction = Buffer.from(mac('seed', `slot.g-${'a'.repeat(22)}`), 'base64url').readUInt16BE();

  test('issues a ticket bound to shopper and sale', async () => {
    const { status, body } = await seen(ask);
    const [kid, json = '', tag] = String(body['ticket']).split('.');
    const content = { s: 'demo', f: fraction, e: NOW + 10_000 };
    expect([status, kid]).toEqual([200, 'k1']);
    expect(JSON.parse(Buffer.from(json, 'base64url').toString())).toEqual(content);
    expect(tag).toBe(mac(KEYS.k1, `ticket.k1.${json}.g-${'a'.repeat(22)}`));
    expect(body).toMatchObject({
      slotEpochMs: OPENS_AT,
      expiresEpochMs: NOW + 10_000,
      lot: fraction,
      shopper: `g-${'a'.repeat(22)}`,
    });
  });

  test('gives the slot of the shopper, stable from call to call', async () => {
    const store = { 'sale/demo': aSale({ w: 600_000 }) };
    const slot = OPENS_AT + Math.floor((fraction * 600_000) / 65_536);
    const early = await seen(ask, OPENS_AT - 5000, store);
    const late = await seen(ask, slot + 5000, store);
    expect(early.body).toMatchObject({ slotEpochMs: slot, expiresEpochMs: slot + 10_000 });
    expect(late.body).toMatchObject({ slotEpochMs: slot, expiresEpochMs: slot + 15_000 });
  });

  test('needs a session', async () => {
    const outcome = await seen({ ...ask, cookie: undefined });
    expect(outcome).toMatchObject({ status: 401, code: 'session-missing' });
  });

  test('is there until one millisecond before the closing, and not at it', async () => {
    expect((await seen(ask, CLOSES_AT - 1)).status).toBe(200);
    expect(await seen(ask, CLOSES_AT)).toMatchObject({ status: 410, code: 'closed' });
  });

  test('takes no other method', async () => {
    expect((await seen({ ...ask, method: 'GET' })).status).toBe(400);
  });
});
