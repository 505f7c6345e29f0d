/** Every refusal of the gate, once through the local CloudFront: what it says, and that nothing behind it hears of it. */

import { invocationsIn } from '../support/invocations.ts';
import '@aws-sdk/signature-v4a';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { putEdgeEntries } from '../../adapters/edge-store.ts';
import { sign } from '../../adapters/hmac.ts';
import type { SecretValues } from '../../adapters/secrets.ts';
import { type Scene, startScene } from './scene.ts';

const HOUR_MS = 3_600_000;
const OPEN = 'door';

let scene: Scene;
let keys: SecretValues;
let now: number;
let cookie: string;
let shopper: string;

const sale = (changes: object = {}) => ({
  ...{ o: now - HOUR_MS, c: now + HOUR_MS, d: OPEN, w: 0, s: 'a'.repeat(64), p: false },
  ...changes,
});

const ticket = (changes: object = {}, key = keys) =>
  sign(key, 'ticket', { s: 'open', f: 0, e: now + HOUR_MS, ...changes }, shopper);

beforeAll(async () => {
  scene = await startScene({}, { viewerAddressHeader: 'x-test-address' });
  keys = await scene.deployment.signingKeys();
  now = scene.stack.clock.now();
  ({ cookie } = await scene.enter());
  const json = cookie.split('.')[1] ?? '';
  shopper = JSON.parse(Buffer.from(json, 'base64url').toString()).u;
  const { clientOverrides, outputs } = scene.stack;
  await putEdgeEntries(
    new CloudFrontKeyValueStoreClient({ ...clientOverrides }),
    outputs['KeyValueStoreArn'] ?? '',
    {
      blocked: { a: ['203.0.113.'], g: 'evilbot', j: { t13d1516h2: 6 } },
      'sale/open': sale(),
      'sale/later': sale({ o: now + HOUR_MS, c: now + 2 * HOUR_MS }),
      'sale/over': sale({ c: now }),
      'sale/paused': sale({ p: true }),
      'sale/slots': sale({ o: now, w: 2 * HOUR_MS }),
      'sale/undrawn': sale({ o: now + HOUR_MS, c: now + 2 * HOUR_MS, n: true }),
      'sale/work': sale({ x: 1000 }),
      'sale/code': sale({ h: 'b'.repeat(64) }),
      'sale/captcha': sale({ k: true }),
      'sale/members': sale({ m: ['gold'] }),
    },
  );
}, 30_000);

afterAll(() => scene?.stop());

type Asked = {
  readonly cookie?: string;
  readonly ticket?: string | undefined;
  readonly headers?: Record<string, string>;
};

const headersOf = ({ cookie: own = cookie, ticket: token, headers }: Asked) => ({
  ...(own !== '' && { cookie: own }),
  ...(token !== undefined && { 'x-ticket': token }),
  ...headers,
});

/** What reached the API, and functions behind it. */
const behind = () => JSON.stringify([scene.stack.requests.api, invocationsIn(scene.stack)]);

async function refused(method: string, path: string, asked: Asked = {}) {
  const before = behind();
  const { status, body } = await scene.ask(method, path, { headers: headersOf(asked) });
  expect(behind()).toBe(before);
  return [status, body['code']];
}

const buy = (saleId: string, asked: Asked, doorKey = OPEN) =>
  refused('POST', `/api/sales/${saleId}/${doorKey}/orders?sku=lamp`, asked);

const askTicket = (saleId: string, asked: Asked = {}) =>
  refused('POST', `/api/sales/${saleId}/ticket`, asked);

const session = (changes: object, key = keys) =>
  `fs_session=${sign(key, 'session', { u: shopper, t: 't'.repeat(22), e: Math.floor(now / 1000) + 3600, ...changes })}`;

const forgers = { active: 'k1', k1: 'another key' };

describe('a buy is refused at the edge', () => {
  test.each([
    ['in an unknown sale', () => buy('nope', { ticket: ticket() }), [404, 'unknown-sale']],
    [
      'with the wrong door key',
      () => buy('open', { ticket: ticket() }, 'x'),
      [403, 'door-key-wrong'],
    ],
    [
      'without a session',
      () => buy('open', { cookie: '', ticket: ticket() }),
      [401, 'session-missing'],
    ],
    [
      'with a forged session',
      () => buy('open', { cookie: session({}, forgers), ticket: ticket() }),
      [401, 'session-missing'],
    ],
    [
      'with an expired session',
      () => buy('open', { cookie: session({ e: Math.floor(now / 1000) }), ticket: ticket() }),
      [401, 'session-missing'],
    ],
    ['without a ticket', () => buy('open', {}), [403, 'ticket-invalid']],
    [
      'with a forged ticket',
      () => buy('open', { ticket: ticket({}, forgers) }),
      [403, 'ticket-invalid'],
    ],
    [
      'with an expired ticket',
      () => buy('open', { ticket: ticket({ e: now }) }),
      [403, 'ticket-expired'],
    ],
    [
      "with another shopper's ticket",
      () => buy('open', { cookie: session({ u: `g-${'z'.repeat(22)}` }), ticket: ticket() }),
      [403, 'ticket-invalid'],
    ],
    [
      'with a ticket of another sale',
      () => buy('open', { ticket: ticket({ s: 'x' }) }),
      [403, 'ticket-invalid'],
    ],
    [
      'before its slot',
      () => buy('slots', { ticket: ticket({ s: 'slots', f: 65_535 }) }),
      [429, 'not-your-turn'],
    ],
    [
      'before the opening',
      () => buy('later', { ticket: ticket({ s: 'later' }) }),
      [403, 'not-open'],
    ],
    [
      'while the sale is paused',
      () => buy('paused', { ticket: ticket({ s: 'paused' }) }),
      [503, 'paused'],
    ],
    ['after the closing', () => buy('over', { ticket: ticket({ s: 'over' }) }), [410, 'closed']],
    [
      'from a blocked address',
      () => buy('open', { ticket: ticket(), headers: { 'x-test-address': '203.0.113.9' } }),
      [403, 'blocked'],
    ],
    [
      'from a blocked agent',
      () => buy('open', { ticket: ticket(), headers: { 'user-agent': 'EvilBot/1' } }),
      [403, 'blocked'],
    ],
  ])('%s', async (_case, ask, expected) => {
    expect(await ask()).toEqual(expected);
  });

  test('and passes when nothing is wrong with it', async () => {
    const before = behind();
    const path = `/api/sales/open/${OPEN}/orders?sku=lamp`;
    // The catalogue does not know it: the function answers.
    const { body } = await scene.ask('POST', path, { headers: headersOf({ ticket: ticket() }) });
    expect(body['code']).toBe('unknown-sale');
    expect(behind()).not.toBe(before);
  });
});

describe('a ticket is refused at the edge', () => {
  test.each([
    ['before the slots are drawn', () => askTicket('undrawn'), [403, 'not-open']],
    ['without a solution', () => askTicket('work'), [403, 'challenge-failed']],
    ['without the code', () => askTicket('code'), [403, 'code-wrong']],
    ['without a CAPTCHA', () => askTicket('captcha'), [403, 'captcha-required']],
    ['to others than members', () => askTicket('members'), [403, 'not-eligible']],
    ['after the closing', () => askTicket('over'), [410, 'closed']],
    ['without a session', () => askTicket('open', { cookie: '' }), [401, 'session-missing']],
    [
      'to a blocked address',
      () => askTicket('open', { headers: { 'x-test-address': '203.0.113.9' } }),
      [403, 'blocked'],
    ],
    [
      'to a blocked agent',
      () => askTicket('open', { headers: { 'user-agent': 'evilbot' } }),
      [403, 'blocked'],
    ],
  ])('%s', async (_case, ask, expected) => {
    expect(await ask()).toEqual(expected);
  });

  test('whoever sends the headers that CloudFront sets is not believed', async () => {
    const forged = { 'cloudfront-viewer-ja4-fingerprint': 't13d1516h2' };
    const { status } = await scene.ask('POST', '/api/sales/open/ticket', {
      headers: headersOf({ headers: forged }),
    });
    expect(status).toBe(200);
  });
});
