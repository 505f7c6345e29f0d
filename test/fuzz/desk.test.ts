import { describe, expect, test } from '@jest/globals';
import type { HttpRequest, HttpResponse } from '../../local/http-message.ts';
import { complaintOf } from './desk.ts';
import { isHeldAround, isHeldAtSite } from './held.ts';
import { complaintsAbout } from './log-lines.ts';
import { tableOf, tooThrottled, unseenSuccesses } from './seen.ts';

const SECRETS = { 'payment key': 'aaaaaaaaaaaaaaaaaaaa' };

const asked = (path: string, method = 'GET'): HttpRequest => ({
  ...{ method, path, search: '', headers: {}, body: new Uint8Array(), sourceIp: '192.0.2.1' },
});

const answered = (status: number, body: object | string, headers: object = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const complaint = (path: string, answer: HttpResponse) =>
  complaintOf(asked(path), answer, { secrets: SECRETS, isHeld: isHeldAtSite });

describe('complaintOf()', () => {
  test('has nothing against an answer as documented', () => {
    expect(complaint('/api/time', answered(200, { epochMs: 1 }))).toBeUndefined();
  });

  test.each([
    ['a member too many', '/api/time', answered(200, { epochMs: 1, zone: 'UTC' }), 'additional'],
    ['an undocumented status', '/api/time', answered(500, {}), 'getTime has only'],
    ['no problem document', '/api/nothing', answered(400, {}), 'content-type'],
    ['a secret in the body', '/', answered(200, 'xaaaaaaaaaaaaaaaaaaaax'), 'payment key'],
    ['a secret in a header', '/', answered(200, '', { etag: 'a'.repeat(20) }), 'payment key'],
    ['a stack trace', '/', answered(200, 'at run (/var/task/index.js:1:2)'), 'stack trace'],
  ])('says of %s what is wrong', (_, path, answer, what) => {
    expect(complaint(path, answer)).toContain(what);
  });
});

describe('what the document speaks of', () => {
  test('is every path of the API at the site, but for what CloudFront answers itself', () => {
    expect(isHeldAtSite(asked('/api/nothing', 'PATCH'))).toBe(true);
    expect(isHeldAtSite(asked('/api/time', 'TRACE'))).toBe(false);
    expect(isHeldAtSite(asked('/apis'))).toBe(false);
  });

  test('is around the gate what it has, written plainly', () => {
    expect(isHeldAround(asked('/api/sales/demo'))).toBe(true);
    expect(isHeldAround(asked('/api/sales/demo/'))).toBe(false);
    expect(isHeldAround(asked('/api/sales/d%65mo'))).toBe(false);
  });
});

describe('what was seen', () => {
  const LABEL = 'DELETE /api/orders/{orderId}';

  test('lacks a success that is documented, and none that is not', () => {
    expect(unseenSuccesses([LABEL], { seen: { [`${LABEL} 404`]: 9 } })).toEqual([
      `${LABEL} was never answered 200`,
    ]);
    expect(unseenSuccesses([LABEL], { seen: { [`${LABEL} 200`]: 1 } })).toEqual([]);
  });

  test('is told by status, an operation whose name begins another one apart', () => {
    const seen = { [`${LABEL} 200`]: 2, [`${LABEL}/checkout 409`]: 3 };
    const [line = ''] = tableOf([LABEL], { seen });
    expect(line).toContain('200: 2  (never 400 401 404 409 429 503)');
  });
});

describe('tooThrottled()', () => {
  test('has nothing against one answer of 429 in twenty, and something against more', () => {
    expect(tooThrottled({ sent: 100, seen: { 'GET / 429': 3, 'POST / 429': 2 } })).toEqual([]);
    expect(tooThrottled({ sent: 100, seen: { 'GET / 429': 3, 'POST / 429': 3 } })).toHaveLength(1);
  });
});

describe('complaintsAbout()', () => {
  test('takes an order that moved meanwhile for what happens, and any other line for an error', () => {
    const moved =
      'Record: {"message":"Cannot handle a message","why":"the record moved meanwhile"}';
    expect(complaintsAbout([moved], SECRETS)).toEqual([]);
    expect(complaintsAbout(['Buy: failed', 'Buy: failed'], SECRETS)).toEqual([
      'logged 2 times: Buy: failed',
    ]);
  });

  test('finds a secret in a line', () => {
    expect(complaintsAbout([`Buy: ${SECRETS['payment key']}`], SECRETS)).toContain(
      'a log line has a secret in it: payment key',
    );
  });
});
