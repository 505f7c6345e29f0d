/**
 * Webhooks that nobody sent, or that come again. Bodies that are no event, and signatures that have no form, are in
 * test/stack/bad-input.test.ts; what a second payment comes to is in test/stack/payments.test.ts.
 */

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';

const DAY_MS = 24 * 3_600_000;
const PRICE = 1999;

let scene: Scene;
let key: string;

beforeAll(async () => {
  scene = await startScene({ id: 'pay', items: [{ units: 100, limit: 3 }] });
  await scene.open();
  key = (await scene.deployment.paymentKeys())['key'] ?? '';
});

afterAll(() => scene?.stop());

const mac = (text: string, secret = key) =>
  createHmac('sha256', secret).update(text).digest('base64url');

const signed = (body: string, at = scene.stack.clock.now(), secret = key) =>
  `t=${at},v1=${mac(`webhook.${at}.${body}`, secret)}`;

let payments = 0;

/** An event as the provider writes it; what is not said is right. */
function eventOf(orderId: string, changes: object = {}): string {
  payments += 1;
  const payment = {
    ...{ reference: `pay_${payments}`, orderId, amountMinor: PRICE, currency: 'EUR' },
    paidAtEpochMs: scene.stack.clock.now(),
    ...changes,
  };
  return JSON.stringify({ id: `evt_${payments}`, type: 'payment.succeeded', payment });
}

const deliver = (body: string, signature: string, headers: object = {}) =>
  scene.ask('POST', '/api/payments/events', {
    headers: { 'content-type': 'application/json', 'x-payment-signature': signature, ...headers },
    body,
  });

async function ordered(): Promise<{ shopper: Shopper; orderId: string }> {
  const shopper = await scene.enter();
  return { shopper, orderId: await shopper.order('pay') };
}

const stateOf = async (shopper: Shopper, orderId: string) =>
  (await shopper.look(orderId)).body['status'];

/** Signatures that the provider never made over this body. */
const FORGED: Readonly<Record<string, (body: string, now: number) => string>> = {
  'no signature': () => '',
  'a key of nobody': (body, now) => signed(body, now, 'guess'),
  'an empty key': (body, now) => signed(body, now, ''),
  'the word undefined for a key': (body, now) => signed(body, now, 'undefined'),
  'another body': (body, now) => signed(body.replace(`${PRICE}`, '1'), now),
  'the same body with a space': (body, now) => signed(`${body} `, now),
  'another time': (body, now) => signed(body, now - 1).replace(/t=\d+/, `t=${now}`),
  'no time': (body, now) => signed(body, now).replace(/t=\d+,/, ''),
  'a time that is none': (body) => `t=now,v1=${mac(`webhook.now.${body}`)}`,
  'a time of endless figures': (body) =>
    `t=${'9'.repeat(400)},v1=${mac(`webhook.${'9'.repeat(400)}.${body}`)}`,
  'a time below zero': (body) => `t=-1,v1=${mac(`webhook.-1.${body}`)}`,
  'two signatures, the right one last': (body, now) =>
    `t=${now},v1=${'A'.repeat(43)},v1=${mac(`webhook.${now}.${body}`)}`,
  'an older scheme': (body, now) => signed(body, now).replace('v1=', 'v0='),
  'hex in place of base64url': (body, now) =>
    `t=${now},v1=${createHmac('sha256', key).update(`webhook.${now}.${body}`).digest('hex')}`,
  'the label of a checkout': (body, now) => `t=${now},v1=${mac(`checkout.${body}`)}`,
  'the label of the API': (_, now) => `t=${now},v1=${mac('api.v1')}`,
  'only the beginning of the MAC': (body, now) => signed(body, now).slice(0, -1),
  'a day and a millisecond ago': (body, now) => signed(body, now - DAY_MS - 1000),
  'a day ahead': (body, now) => signed(body, now + DAY_MS + 60_000),
};

describe('a forged webhook pays nothing:', () => {
  test.each(Object.entries(FORGED))('%s', async (_, signatureOf) => {
    const { shopper, orderId } = await ordered();
    await scene.stack.settle();
    const untouched = await scene.dump();
    const body = eventOf(orderId);
    const { status, body: said } = await deliver(body, signatureOf(body, scene.stack.clock.now()));
    expect([status, said['code']]).toEqual([400, 'bad-request']);
    await scene.stack.settle();
    expect(await scene.dump()).toEqual(untouched);
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
  });

  test('signed with the keys of our own tokens', async () => {
    const { shopper, orderId } = await ordered();
    const signing = await scene.deployment.signingKeys();
    for (const secret of Object.values(signing)) {
      const body = eventOf(orderId);
      const { status } = await deliver(body, signed(body, scene.stack.clock.now(), secret));
      expect(status).toBe(400);
    }
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
  });

  test('with the token of the checkout, which the shopper has', async () => {
    const { shopper, orderId } = await ordered();
    const [json = '', tag = ''] = (await shopper.token(orderId)).split('.');
    const now = scene.stack.clock.now();
    for (const body of [eventOf(orderId), json, Buffer.from(json, 'base64url').toString()]) {
      expect((await deliver(body, `t=${now},v1=${tag}`)).status).toBe(400);
    }
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
  });
});

describe('a webhook whose headers differ', () => {
  test.each([
    ['application/json; charset=utf-8'],
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/octet-stream'],
    ['multipart/form-data; boundary=x'],
  ])('is judged by its signature alone: %s', async (type) => {
    const { shopper, orderId } = await ordered();
    const headers = { 'content-type': type };
    const body = eventOf(orderId);
    expect((await deliver(body, signed(body, 1), headers)).status).toBe(400);
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
    expect((await deliver(body, signed(body), headers)).status).toBe(204);
    expect(await stateOf(shopper, orderId)).toBe('PAID');
  });

  test('a body that says that it is encoded is taken as the bytes that it is', async () => {
    const { shopper, orderId } = await ordered();
    const body = eventOf(orderId);
    const encoded = Buffer.from(body).toString('base64');
    const headers = { 'content-encoding': 'base64', 'content-transfer-encoding': 'base64' };
    expect((await deliver(encoded, signed(body), headers)).status).toBe(400);
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
  });
});

describe('a webhook that comes again', () => {
  test('pays once, however often and with whatever fresh signature', async () => {
    const { shopper, orderId } = await ordered();
    const body = eventOf(orderId);
    const now = scene.stack.clock.now();
    expect((await deliver(body, signed(body))).status).toBe(204);
    await scene.stack.settle();
    const paid = await scene.dump();
    for (const at of [now, now - 1000, now + 1000, now - DAY_MS + 60_000]) {
      expect((await deliver(body, signed(body, at))).status).toBe(204);
    }
    await Promise.all(Array.from({ length: 5 }, () => deliver(body, signed(body))));
    await scene.stack.settle();
    expect(await scene.dump()).toEqual(paid);
    expect(await stateOf(shopper, orderId)).toBe('PAID');
    const told = scene.stack.events.filter(
      ({ detail }) => (detail as { id: string }).id === `${orderId}/PAID`,
    );
    expect(told).toHaveLength(1);
  });

  test('after a day is refused although it was the provider that signed it', async () => {
    const { orderId } = await ordered();
    const body = eventOf(orderId);
    const signature = signed(body, scene.stack.clock.now() - DAY_MS - 1000);
    expect((await deliver(body, signature)).status).toBe(400);
    const inTime = signed(body, scene.stack.clock.now() - DAY_MS + 60_000);
    expect((await deliver(body, inTime)).status).toBe(204);
  });
});

describe('a signed payment that is not what the order costs', () => {
  test.each([
    ['a unit less', { amountMinor: PRICE - 1 }],
    ['a unit more', { amountMinor: PRICE + 1 }],
    ['nothing', { amountMinor: 0 }],
    ['less than nothing', { amountMinor: -PRICE }],
    ['a text', { amountMinor: `${PRICE}` }],
    ['a fraction', { amountMinor: PRICE + 0.5 }],
    ['more than a number holds', { amountMinor: 2 ** 53 }],
    ['another currency', { currency: 'USD' }],
    ['a currency in small letters', { currency: 'eur' }],
    ['a currency with a space', { currency: 'EUR ' }],
    ['no currency', { currency: '' }],
    ['a currency that is a list', { currency: ['EUR'] }],
  ])('pays nothing: %s', async (_, changes) => {
    const { shopper, orderId } = await ordered();
    const body = eventOf(orderId, changes);
    // 204: taken and given back; 400: no payment; 503: it could not be given back, for there is none at the provider.
    expect([204, 400, 503]).toContain((await deliver(body, signed(body))).status);
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
  });

  test.each([
    ['an order that is none', 'pay.lamp.none'],
    ['a key of the table', 'STOCK#pay#lamp#0'],
    ['a path', '../../orders'],
    ['the prototype', '__proto__'],
    ['an order of an unknown sale', `nowhere.lamp.${'A'.repeat(24)}`],
  ])('for %s changes no stock and no order', async (_, orderId) => {
    await scene.stack.settle();
    const stock = (lines: readonly string[]) => lines.filter((line) => !line.includes('PAYMENT#'));
    const untouched = stock(await scene.dump());
    const body = eventOf(orderId);
    expect([204, 400, 503]).toContain((await deliver(body, signed(body))).status);
    await scene.stack.settle();
    expect(stock(await scene.dump())).toEqual(untouched);
  });
});
