import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { mac } from '../../adapters/hmac.ts';
import { checkoutLink, paymentEvent, paymentProvider } from '../../adapters/payment-provider.ts';

const KEY = 'payment key';
const NOW = 1_795_809_600_000;
const DAY_MS = 24 * 3_600_000;

const CHECKOUT = {
  ...{ orderId: 'o', amountMinor: 1999, currency: 'EUR', title: 'Lampe für Ada' },
  ...{ returnUrl: 'https://shop/', expiresEpochMs: NOW },
};

const SUCCEEDED = {
  type: 'payment.succeeded',
  payment: {
    ...{ reference: 'pay_1', orderId: 'night.lamp.x', amountMinor: 1999, currency: 'EUR' },
    paidAtEpochMs: NOW - 5,
  },
};

const signed = (body: string, { key = KEY, at = NOW } = {}) =>
  `t=${at},v1=${mac(key, `webhook.${at}.${body}`)}`;

const read = (body: string, signature = signed(body), now = NOW) =>
  paymentEvent(KEY, signature, body, now);

describe('checkoutLink()', () => {
  test('leads to the provider with all that it needs, signed', () => {
    const { redirectUrl, tokenHash } = checkoutLink('https://pay', KEY, CHECKOUT);
    const url = new URL(redirectUrl);
    expect(url.origin + url.pathname).toBe('https://pay/checkout');
    const token = url.searchParams.get('token') ?? '';
    const [json = '', signature] = token.split('.');
    expect(JSON.parse(Buffer.from(json, 'base64url').toString())).toEqual(CHECKOUT);
    expect(signature).toBe(mac(KEY, `checkout.${json}`));
    expect(tokenHash).toBe(createHash('sha256').update(token).digest('base64url'));
  });
});

describe('paymentEvent()', () => {
  const BODY = JSON.stringify(SUCCEEDED);

  test('reads a payment and the order that it is for', () => {
    expect(read(BODY)).toEqual({
      orderId: 'night.lamp.x',
      payment: { reference: 'pay_1', amount: 1999, currency: 'EUR', paidAt: NOW - 5 },
    });
  });

  test('takes no event that somebody else signed, or that was changed', () => {
    expect(read(BODY, signed(BODY, { key: 'guess' }))).toBeUndefined();
    expect(read(BODY.replace('1999', '1'), signed(BODY))).toBeUndefined();
    expect(read(BODY, signed(BODY).replace(`t=${NOW}`, `t=${NOW + 1}`))).toBeUndefined();
    const [, v1 = ''] = signed(BODY).split(',');
    for (const form of ['', v1, `t=${NOW}`, `t=x,${v1}`, ` ${signed(BODY)}`, `${signed(BODY)},`]) {
      expect(read(BODY, form)).toBeUndefined();
    }
  });

  test('takes an event of a day ago, and none a millisecond older or from further ahead', () => {
    expect(read(BODY, signed(BODY), NOW + DAY_MS)).toBeDefined();
    expect(read(BODY, signed(BODY), NOW + DAY_MS + 1)).toBeUndefined();
    expect(read(BODY, signed(BODY), NOW - DAY_MS)).toBeDefined();
    expect(read(BODY, signed(BODY), NOW - DAY_MS - 1)).toBeUndefined();
  });

  test.each(['', 'not json', '{', 'null', '7', '"text"', '[]', '{}', '{"payment":null}'])(
    'takes %p for no payment although it is signed, and never throws',
    (body) => {
      expect(read(body)).toBeUndefined();
    },
  );

  test('takes no event of another type', () => {
    expect(read(JSON.stringify({ ...SUCCEEDED, type: 'payment.declined' }))).toBeUndefined();
  });

  test.each([
    ['reference', 'a'.repeat(200)],
    ['reference', '!pay:1/2~'],
    ['amountMinor', 0],
  ])('takes a payment whose %s is %p', (name, value) => {
    const payment = { ...SUCCEEDED.payment, [name]: value };
    expect(read(JSON.stringify({ ...SUCCEEDED, payment }))).toBeDefined();
  });

  test.each([
    ['reference', undefined],
    ['reference', ''],
    ['reference', 'a'.repeat(201)],
    ['reference', 'pay 1'],
    ['reference', 'pay_\u{1f4b6}'],
    ['orderId', undefined],
    ['amountMinor', undefined],
    ['amountMinor', 'x'],
    ['amountMinor', 1.5],
    ['amountMinor', -1],
    ['currency', undefined],
    ['currency', 'eur'],
    ['currency', 'EURO'],
    ['paidAtEpochMs', undefined],
  ])('takes no payment whose %s is %p: it is no key of a table, or no money', (name, value) => {
    const payment = { ...SUCCEEDED.payment, [name]: value };
    expect(read(JSON.stringify({ ...SUCCEEDED, payment }))).toBeUndefined();
  });
});

describe('paymentProvider()', () => {
  /** A provider that answers a status and keeps what it is asked. */
  async function withProvider(status: number, use: (url: string) => Promise<unknown>) {
    const asked: object[] = [];
    const server = createServer(async (request, response) => {
      const chunks = await request.toArray();
      const { authorization, 'idempotency-key': idempotency } = request.headers;
      const body = JSON.parse(Buffer.concat(chunks).toString());
      asked.push({ to: `${request.method} ${request.url}`, authorization, idempotency, body });
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    return asked;
  }
  const refund = { payment: 'pay_1', amount: 1999, currency: 'EUR', reason: 'late' } as const;

  test('asks for a refund in a way that can be repeated', async () => {
    const asked = await withProvider(201, (url) =>
      paymentProvider(url, async () => KEY).refund(refund),
    );
    expect(asked).toEqual([
      {
        to: 'POST /v1/refunds',
        authorization: `Bearer ${mac(KEY, 'api.v1')}`,
        idempotency: 'refund-pay_1',
        body: { reference: 'pay_1', amountMinor: 1999, currency: 'EUR', reason: 'late' },
      },
    ]);
  });

  test('throws where the provider does not take it, or cannot be reached', async () => {
    await withProvider(503, async (url) => {
      await expect(paymentProvider(url, async () => KEY).refund(refund)).rejects.toThrow(
        'Cannot refund payment "pay_1": the provider answered 503',
      );
    });
    const nowhere = paymentProvider('http://127.0.0.1:1', async () => KEY);
    await expect(nowhere.refund(refund)).rejects.toThrow();
  });
});
