/** Requests that nobody should send. Attacks that are told as one are in test/security/. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mac } from '../../sandbox/signature.ts';
import { BAD_REQUESTS, type Scrap } from './bad-requests.ts';
import { scrapOf, startBadScene } from './bad-scene.ts';
import type { Scene } from './scene.ts';

const MEGABYTE = 'A'.repeat(1024 * 1024);

let scene: Scene;
let scrap: Scrap;

beforeAll(async () => {
  scene = await startBadScene();
  await scene.publish({ id: 'first' });
  await scene.open();
  scrap = await scrapOf(scene);
  await scene.stack.settle();
}, 30_000);

afterAll(() => scene?.stop());

let untouched: readonly string[] | undefined;

/** Everything in the tables stays as it was before the first of these requests. */
async function changesNothing<T>(run: () => Promise<T>): Promise<T> {
  untouched ??= await scene.dump();
  const answer = await run();
  expect(await scene.dump()).toEqual(untouched);
  return answer;
}

describe('changes nothing, and is answered as documented:', () => {
  const cases = BAD_REQUESTS.map(([name, status, code, ...request]) => {
    return [name, status, code, request] as const;
  });

  test.each(cases)('%s: %i %s', async (_, status, code, [method, path, ask]) => {
    const reply = await changesNothing(() => scene.ask(method, path(scrap), ask?.(scrap)));
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
  });

  const bodies: (readonly [string, (scrap: Scrap) => string, number])[] = [
    ['POST', () => '/api/payments/events', 400],
    ['POST', ({ otherOrderId }) => `/api/orders/${otherOrderId}/checkout`, 404],
    ['DELETE', ({ otherOrderId }) => `/api/orders/${otherOrderId}`, 404],
    ['POST', ({ doorKey }) => `/api/sales/bad/${doorKey}/orders?sku=nothing`, 404],
    ['POST', () => '/api/sales/nowhere/ticket', 404],
    ['PUT', () => '/api/session', 400],
  ];

  test.each(bodies)('a body of 1 MB: %s %s', async (method, path, status) => {
    const headers = { cookie: scrap.cookie, 'x-ticket': scrap.ticket };
    const reply = await changesNothing(() =>
      scene.ask(method, path(scrap), { headers, body: MEGABYTE }),
    );
    expect(reply.status).toBe(status);
  });

  test.each([
    ['without a signature', {}, '{}'],
    ['with a signature that is none', { 'x-payment-signature': 'signed' }, '{}'],
    ['with a forged signature', { 'x-payment-signature': `t=1,v1=${'A'.repeat(43)}` }, '{}'],
    ['with another content type', { 'content-type': 'text/plain' }, 'paid'],
    ['with a body in broken UTF-8', {}, Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
  ])('a webhook %s', async (_, headers, body) => {
    const ask = { headers: { 'content-type': 'application/json', ...headers }, body };
    const reply = await changesNothing(() => scene.ask('POST', '/api/payments/events', ask));
    expect([reply.status, reply.body['code']]).toEqual([400, 'bad-request']);
  });

  test.each([
    ['is a day old', (now: number) => now - 25 * 3_600_000, eventOf('pay_x')],
    ['is not JSON', (now: number) => now, 'paid'],
    ['is null', (now: number) => now, 'null'],
    ['is about something else', (now: number) => now, '{"type":"payment.failed"}'],
    ['has no payment', (now: number) => now, '{"type":"payment.succeeded"}'],
    ['has no amount', (now: number) => now, eventOf('pay_x', { amountMinor: 'much' })],
    ['has no reference', (now: number) => now, eventOf('')],
  ])('a webhook that is signed and %s', async (_, at, body) => {
    const { key = '' } = await scene.deployment.paymentKeys();
    const t = at(scene.stack.clock.now());
    const signature = `t=${t},v1=${mac(key, `webhook.${t}.${body}`)}`;
    const headers = { 'content-type': 'application/json', 'x-payment-signature': signature };
    const reply = await changesNothing(() =>
      scene.ask('POST', '/api/payments/events', { headers, body }),
    );
    expect([reply.status, reply.body['code']]).toEqual([400, 'bad-request']);
  });
});

test('nothing came of all these later', async () => {
  await changesNothing(() => scene.stack.settle());
});

function eventOf(reference: string, changes: object = {}): string {
  const orderId = `bad.lamp.${'A'.repeat(24)}`;
  const payment = { reference, orderId, amountMinor: 1999, currency: 'EUR', paidAtEpochMs: 1 };
  return JSON.stringify({ type: 'payment.succeeded', payment: { ...payment, ...changes } });
}
