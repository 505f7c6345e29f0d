import { describe, expect, test } from '@jest/globals';
import {
  aBuy,
  answered,
  aSale,
  aSession,
  aTicket,
  BOB,
  CLOSES_AT,
  DOOR_KEY,
  gateAt,
  OPENS_AT,
  passed,
  TRANSACTION,
} from './gate-scene.ts';

const NOW = OPENS_AT + 1000;

const codeOf = async (event = aBuy(), now = NOW, store = {}) =>
  answered(await gateAt(now, store)(event)).code;

describe('a buy', () => {
  test('passes with session, door key and ticket, and carries the transaction id', async () => {
    const request = passed(await gateAt(NOW)(aBuy()));
    expect(request.uri).toBe(`/api/sales/demo/${DOOR_KEY}/orders`);
    expect(request.headers['x-transaction-id']).toEqual({ value: TRANSACTION });
    expect(request.headers['x-site-origin']).toEqual({ value: 'https://shop.example' });
  });

  test('is not open one millisecond before the opening, and says when it opens', async () => {
    const { status, code, body, headers } = answered(await gateAt(OPENS_AT - 1)(aBuy()));
    expect([status, code, body['opensAtEpochMs']]).toEqual([403, 'not-open', OPENS_AT]);
    expect(headers).toEqual({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
  });

  test('passes at the millisecond of the opening', async () => {
    passed(await gateAt(OPENS_AT)(aBuy()));
  });

  test('passes one millisecond before the closing', async () => {
    passed(await gateAt(CLOSES_AT - 1)(aBuy({ cookie: aSession({ e: CLOSES_AT }) })));
  });

  test('is closed at the millisecond of the closing', async () => {
    const outcome = await gateAt(CLOSES_AT)(aBuy({ cookie: aSession({ e: CLOSES_AT }) }));
    expect(answered(outcome)).toMatchObject({ status: 410, code: 'closed' });
  });

  test('is turned away with a time to come back while the sale is paused', async () => {
    const store = { 'sale/demo': aSale({ p: true }) };
    const { status, code, body, headers } = answered(await gateAt(NOW, store)(aBuy()));
    expect([status, code, body['retryAfterSeconds'], headers['retry-after']]).toEqual([
      503,
      'paused',
      5,
      '5',
    ]);
  });

  test('is refused with another door key', async () => {
    const event = aBuy({ uri: `/api/sales/demo/${DOOR_KEY}x/orders` });
    expect(answered(await gateAt(NOW)(event))).toMatchObject({
      status: 403,
      code: 'door-key-wrong',
    });
  });

  test('is refused with another method', async () => {
    const event = aBuy({ method: 'GET' });
    expect(answered(await gateAt(NOW)(event))).toMatchObject({ status: 400, code: 'bad-request' });
  });

  test.each([
    ['session before opening hours', { cookie: undefined }, OPENS_AT - 1, {}, 'session-missing'],
    ['opening before pause', {}, OPENS_AT - 1, { p: true }, 'not-open'],
    ['pause before door key', { uri: '/api/sales/demo/x/orders' }, NOW, { p: true }, 'paused'],
    [
      'door key before ticket',
      { uri: '/api/sales/demo/x/orders', ticket: '' },
      NOW,
      {},
      'door-key-wrong',
    ],
  ])('is judged in order: %s', async (_case, asked, now, changes, code) => {
    expect(await codeOf(aBuy(asked), now, { 'sale/demo': aSale(changes) })).toBe(code);
  });
});

describe('the ticket of a buy', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another shopper', aTicket({ u: BOB })],
    ['of another sale', aTicket({ s: 'other' })],
    ['of an unknown key', aTicket({ kid: 'k9' })],
    ['signed with another key', aTicket({ key: 'guess' })],
    ['signed with the name of the active key', aTicket({ kid: 'active', key: 'k1' })],
    ['under a name that every object has', aTicket({ kid: 'constructor' })],
    ['with a fraction that is none', aTicket({ f: '0' })],
    ['with an expiry that is none', aTicket({ e: null })],
    ['a session', aSession()],
    ['without its MAC', aTicket().slice(0, -44)],
    ['with a fourth part', `${aTicket()}.x`],
    ['huge', aTicket({ s: 'x'.repeat(100_000) })],
    ['not base64', aTicket().replace('.', '.é')],
  ])('is invalid when %s', async (_case, ticket) => {
    const outcome = await gateAt(NOW)(aBuy({ ticket }));
    expect(answered(outcome)).toMatchObject({ status: 403, code: 'ticket-invalid' });
  });

  test('may be signed with an older key', async () => {
    const ticket = aTicket({ kid: 'k0', key: 'the key before' });
    passed(await gateAt(NOW)(aBuy({ ticket })));
  });

  test('is good one millisecond before it expires', async () => {
    passed(await gateAt(NOW)(aBuy({ ticket: aTicket({ e: NOW + 1 }) })));
  });

  test('is expired at the millisecond that it names', async () => {
    const outcome = await gateAt(NOW)(aBuy({ ticket: aTicket({ e: NOW }) }));
    expect(answered(outcome)).toMatchObject({ status: 403, code: 'ticket-expired' });
  });

  test('waits for its slot, with the seconds to it rounded up', async () => {
    const store = { 'sale/demo': aSale({ w: 60_000 }) };
    const event = aBuy({ ticket: aTicket({ f: 32_768 }) });
    const early = answered(await gateAt(OPENS_AT + 28_999, store)(event));
    expect([early.status, early.code]).toEqual([429, 'not-your-turn']);
    expect([early.headers['retry-after'], early.body['retryAfterSeconds']]).toEqual(['2', 2]);
    const lastMoment = answered(await gateAt(OPENS_AT + 29_999, store)(event));
    expect(lastMoment.headers['retry-after']).toBe('1');
  });

  test('is admitted at the millisecond of its slot', async () => {
    const store = { 'sale/demo': aSale({ w: 60_000 }) };
    passed(await gateAt(OPENS_AT + 30_000, store)(aBuy({ ticket: aTicket({ f: 32_768 }) })));
  });
});
