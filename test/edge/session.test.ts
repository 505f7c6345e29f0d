import { describe, expect, test } from '@jest/globals';
import {
  anEvent,
  answered,
  aSession,
  BOB,
  gateAt,
  KEYS,
  mac,
  OPENS_AT,
  passed,
  TRANSACTION,
} from './gate-scene.ts';
import { sessionForms } from './session-forms.ts';

const NOW = OPENS_AT;

const begin = (asked = {}) => anEvent({ method: 'POST', uri: '/api/session', ...asked });

describe('POST /api/session', () => {
  test('makes a guest for a day, whose ids come from the request id', async () => {
    const { status, cookie, headers } = answered(await gateAt(NOW)(begin()));
    const [kid, json = '', tag] = cookie?.value.split('.') ?? [];
    expect([status, headers['cache-control'], kid]).toEqual([204, 'no-store', 'k1']);
    expect(JSON.parse(Buffer.from(json, 'base64url').toString())).toEqual({
      u: `g-${mac(KEYS.k1, 'guest.request-1').slice(0, 22)}`,
      t: mac(KEYS.k1, 'transaction.request-1').slice(0, 22),
      e: NOW / 1000 + 24 * 60 * 60,
      g: 1,
    });
    expect(tag).toBe(mac(KEYS.k1, `session.k1.${json}`));
    expect(cookie?.attributes).toBe('Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure');
  });

  test('makes a guest whom the gate knows again', async () => {
    const { cookie } = answered(await gateAt(NOW)(begin()));
    const again = answered(await gateAt(NOW)(begin({ cookie: cookie?.value })));
    expect([again.status, again.cookie]).toEqual([204, undefined]);
  });

  test('makes different guests of different requests', async () => {
    const one = answered(await gateAt(NOW)(begin({ requestId: 'a' })));
    const two = answered(await gateAt(NOW)(begin({ requestId: 'b' })));
    expect(one.cookie?.value).not.toBe(two.cookie?.value);
  });

  test.each([
    ['cloudfront-forwarded-proto', false],
    ['x-forwarded-proto', true],
  ])('where %s says http it is Secure: %s', async (name, isSecure) => {
    const { cookie } = answered(await gateAt(NOW)(begin({ headers: { [name]: 'http' } })));
    expect(cookie?.attributes.includes('Secure')).toBe(isSecure);
  });

  test('replaces a session that is not valid', async () => {
    const { status, cookie } = answered(await gateAt(NOW)(begin({ cookie: 'rubbish' })));
    expect([status, typeof cookie?.value]).toEqual([204, 'string']);
  });

  test.each([['refused'], ['Allowed'], [undefined]])(
    'asks for a session when guests are %j',
    async (guests) => {
      const outcome = await gateAt(NOW, { settings: { guests } })(begin());
      expect(answered(outcome)).toMatchObject({ status: 401, code: 'session-missing' });
    },
  );

  test('asks for a session when there are no settings', async () => {
    const outcome = await gateAt(NOW, { settings: undefined })(begin());
    expect(answered(outcome)).toMatchObject({ status: 401, code: 'session-missing' });
  });

  test('is unavailable without keys', async () => {
    const outcome = await gateAt(NOW, { keys: undefined })(begin());
    expect(answered(outcome)).toMatchObject({ status: 503, code: 'unavailable' });
  });

  test('passes an identity token to the session function', async () => {
    const event = begin({ headers: { authorization: 'Bearer x' } });
    expect(passed(await gateAt(NOW)(event)).headers['authorization']).toEqual({
      value: 'Bearer x',
    });
  });

  test('takes no other method', async () => {
    const outcome = await gateAt(NOW)(begin({ method: 'GET' }));
    expect(answered(outcome)).toMatchObject({ status: 400, code: 'bad-request' });
  });
});

describe('a session cookie', () => {
  const ticketStatus = async (cookie: string | undefined) => {
    const event = anEvent({ method: 'POST', uri: '/api/sales/demo/ticket', cookie });
    return answered(await gateAt(NOW)(event)).status;
  };

  test('is good one second before it expires', async () => {
    expect(await ticketStatus(aSession({ e: NOW / 1000 + 1 }))).toBe(200);
  });

  test('is over at the second that it names', async () => {
    expect(await ticketStatus(aSession({ e: NOW / 1000 }))).toBe(401);
  });

  test('may be signed with an older key, and be of an identified shopper', async () => {
    const older = aSession({ kid: 'k0', key: KEYS.k0, u: `i-${'c'.repeat(22)}` });
    expect(await ticketStatus(older)).toBe(200);
  });

  test.each(sessionForms)('is worth nothing when %s', async (_case, cookie) => {
    expect(await ticketStatus(cookie)).toBe(401);
  });

  test('gives its transaction id to what passes, in place of what the shopper sent', async () => {
    const event = anEvent({
      uri: '/api/orders/demo.mug.x',
      cookie: aSession({ u: BOB }),
      headers: { 'x-transaction-id': 'mine', 'x-api-key': 'mine', 'x-site-origin': 'http://evil' },
    });
    const { headers } = passed(await gateAt(NOW)(event));
    expect(headers['x-transaction-id']).toEqual({ value: TRANSACTION });
    expect(headers['x-site-origin']).toEqual({ value: 'https://shop.example' });
    expect(headers['x-api-key']).toBeUndefined();
  });

  test('that is not valid gives no transaction id', async () => {
    const event = anEvent({
      uri: '/api/payments/events',
      method: 'POST',
      cookie: 'rubbish',
      headers: { 'x-transaction-id': 'mine', 'cloudfront-forwarded-proto': 'http' },
    });
    const { headers } = passed(await gateAt(NOW)(event));
    expect(headers['x-transaction-id']).toBeUndefined();
    expect(headers['x-site-origin']).toEqual({ value: 'http://shop.example' });
  });
});
