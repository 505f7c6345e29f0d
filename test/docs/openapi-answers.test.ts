import { describe, expect, test } from '@jest/globals';
import { validateAnswer } from '../support/openapi.ts';

describe('validateAnswer()', () => {
  const ORDER = 'demo.AURORA-ONE.q83vASNFZ4mrzQAAAQFrCbcS';
  const BUY = '/api/sales/demo/Kx9_/orders?sku=AURORA-ONE';
  const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
  const receipt = {
    ...{ orderId: ORDER, status: 'RESERVED', quantity: 1, amountMinor: 12900, currency: 'EUR' },
    payByEpochMs: 1795799100000,
  };

  const problem = (code: string, status: number, members: object = {}) => ({
    ...{ type: `urn:flash-sale:problem:${code}`, title: 'No', status, code, detail: 'No' },
    ...members,
  });
  const refused = (code: string, status: number, members?: object, headers: object = {}) =>
    [
      status,
      { 'content-type': 'application/problem+json', ...headers },
      problem(code, status, members),
    ] as const;

  test('takes an answer as documented, as text or as an object, whatever the headers are held in', () => {
    validateAnswer('POST', BUY, 201, JSON_TYPE, receipt);
    validateAnswer(
      'POST',
      `http://localhost:8080${BUY}`,
      200,
      new Headers(JSON_TYPE),
      JSON.stringify(receipt),
    );
  });

  test('takes a 204 with a session cookie', () => {
    const cookie = 'fs_session=k1.e30.x; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure';
    validateAnswer('POST', '/api/session', 204, { 'Set-Cookie': [cookie] }, '');
  });

  test('takes a refusal with what its code carries', () => {
    validateAnswer('POST', BUY, ...refused('quantity-unavailable', 409, { largest: 2 }));
    validateAnswer('POST', BUY, ...refused('not-open', 403, { opensAtEpochMs: 1 }));
    validateAnswer(
      'POST',
      BUY,
      ...refused('busy', 429, { retryAfterSeconds: 1 }, { 'Retry-After': 1 }),
    );
  });

  test('takes 400 bad-request, and below a sale 404 unknown-sale, on any other path or method', () => {
    validateAnswer('PATCH', BUY, ...refused('bad-request', 400));
    validateAnswer('GET', '/api/nothing', ...refused('bad-request', 400));
    validateAnswer('GET', '/api/sales/nope/a/b/c', ...refused('unknown-sale', 404));
    validateAnswer('GET', '/api/sales/%2e%2e/demo?v=1', ...refused('unknown-sale', 404));
  });

  test.each([
    [
      'a member that is missing',
      BUY,
      [201, JSON_TYPE, { ...receipt, orderId: undefined }],
      'orderId',
    ],
    ['a member too many', BUY, [201, JSON_TYPE, { ...receipt, shard: 1 }], 'additional properties'],
    [
      'a reservation without its end',
      BUY,
      [201, JSON_TYPE, { ...receipt, payByEpochMs: undefined }],
      'payByEpochMs',
    ],
    ['a status of another route', BUY, [204, {}, ''], 'postOrder has only'],
    ['a code of another route', BUY, refused('order-state', 409), 'code'],
    ['a code with another status', BUY, refused('sold-out', 410), 'code'],
    [
      'a document that speaks of another status',
      BUY,
      [409, { 'content-type': 'application/problem+json' }, problem('sold-out', 410)],
      'status 410',
    ],
    [
      'a busy answer that does not say when to come back',
      BUY,
      refused('busy', 429, { retryAfterSeconds: 1 }),
      'Retry-After is missing',
    ],
    [
      'two times to come back',
      BUY,
      refused('busy', 429, { retryAfterSeconds: 1 }, { 'retry-after': '2' }),
      'Retry-After, 2',
    ],
    [
      'a quantity that is unavailable without the largest that is not',
      BUY,
      refused('quantity-unavailable', 409),
      'largest',
    ],
    ['plain JSON for a problem', BUY, [409, JSON_TYPE, problem('sold-out', 409)], 'content-type'],
    ['a body that is not JSON', BUY, [201, JSON_TYPE, '<html>'], 'not JSON'],
    ['a body where there is none', '/api/session', [204, {}, '{}'], 'no body'],
    [
      'a 404 on a path that is not there',
      '/api/nothing',
      refused('bad-request', 404),
      '400 bad-request is wanted',
    ],
  ] as const)('refuses %s', (_, path, [status, headers, body], reason) => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    expect(() => validateAnswer('POST', path, status, headers, sent)).toThrow(reason);
  });
});
