import { describe, expect, test } from '@jest/globals';
import { startPaymentSandbox } from '../../sandbox/payment-sandbox.ts';
import { aToken, KEY, mac, NOW, withSandbox } from './shop.ts';

describe('the webhook', () => {
  test('carries the payment, signed over its time and raw body', () =>
    withSandbox(async ({ sandbox, heard }) => {
      const payment = sandbox.pay(aToken());
      await sandbox.settled();
      const { raw = '', signature } = heard[0] ?? {};
      expect(signature).toBe(`t=${NOW},v1=${mac(`webhook.${NOW}.${raw}`)}`);
      expect(JSON.parse(raw)).toEqual({
        id: expect.stringMatching(/^evt_[\w-]{22}$/),
        type: 'payment.succeeded',
        payment: {
          reference: expect.stringMatching(/^pay_[\w-]{22}$/),
          orderId: 'demo.mug.x',
          amountMinor: 1990,
          currency: 'EUR',
          paidAtEpochMs: NOW,
        },
      });
      expect(JSON.parse(raw).payment).toEqual(payment);
    }));

  test('is sent again until it is accepted, as the same event', () =>
    withSandbox(
      async ({ sandbox, heard }) => {
        sandbox.pay(aToken());
        await sandbox.settled();
        const ids = heard.map(({ raw }) => JSON.parse(raw).id);
        expect([heard.length, new Set(ids).size]).toEqual([4, 1]);
        expect(sandbox.undelivered()).toEqual([]);
      },
      { statuses: [500, 429, 302, 200] },
    ));

  test('is given up after the last try, and then listed', () =>
    withSandbox(
      async ({ sandbox, heard }) => {
        const { reference } = sandbox.pay(aToken());
        await sandbox.settled();
        expect(heard).toHaveLength(2);
        expect(sandbox.undelivered()).toMatchObject([
          { reference, tries: 2, lastStatus: 503, gaveUp: true },
        ]);
      },
      { statuses: [503, 503, 204], maxTries: 2 },
    ));

  test('is delivered again as often as asked', () =>
    withSandbox(async ({ sandbox, heard }) => {
      const { reference } = sandbox.pay(aToken());
      await sandbox.settled();
      expect(await sandbox.redeliver(reference, 5)).toEqual([204, 204, 204, 204, 204]);
      expect(new Set(heard.map(({ raw }) => raw)).size).toBe(1);
      expect(heard).toHaveLength(6);
    }));
});

describe('pay()', () => {
  test('pays a token once, unless a second payment is asked for', () =>
    withSandbox(async ({ sandbox }) => {
      const token = aToken();
      const first = sandbox.pay(token);
      expect(sandbox.pay(token)).toEqual(first);
      const second = sandbox.pay(token, { forceNew: true, amountMinor: 5 });
      expect(second).toMatchObject({ orderId: first.orderId, amountMinor: 5 });
      expect(second.reference).not.toBe(first.reference);
    }));

  test('refuses an expired token', () =>
    withSandbox(async ({ sandbox }) => {
      const token = aToken({ expiresEpochMs: NOW });
      expect(() => sandbox.pay(token)).toThrow('Cannot pay: the token is expired');
    }));
});

describe('POST /v1/payments', () => {
  test('pays without the page', () =>
    withSandbox(async ({ sandbox, api }) => {
      const token = aToken();
      const response = await api('POST', '/v1/payments', {
        token,
        amountMinor: 7,
        currency: 'USD',
      });
      expect(await response.json()).toMatchObject({ amountMinor: 7, currency: 'USD' });
      const again = await api('POST', '/v1/payments', { token, forceNew: true });
      expect(await again.json()).toMatchObject({ amountMinor: 1990, currency: 'EUR' });
      expect(sandbox.statement().payments).toHaveLength(2);
    }));

  test.each([
    [400, { token: aToken({}, 'guess') }],
    [410, { token: aToken({ expiresEpochMs: NOW }) }],
    [400, { token: aToken(), amountMinor: 1.5 }],
    [400, {}],
  ])('answers %i to %j', (status, body) =>
    withSandbox(async ({ sandbox, api }) => {
      expect((await api('POST', '/v1/payments', body)).status).toBe(status);
      expect(sandbox.statement().payments).toEqual([]);
    }),
  );
});

describe('GET /v1/statement', () => {
  test('lists what happened from one instant until before another', () => {
    let now = NOW;
    return withSandbox(
      async ({ sandbox, api }) => {
        const first = sandbox.pay(aToken());
        now = NOW + 1;
        sandbox.pay(aToken({ orderId: 'later' }));
        const response = await api('GET', `/v1/statement?from=${NOW}&to=${NOW + 1}`);
        const { paidAtEpochMs: atEpochMs, ...rest } = first;
        expect(await response.json()).toEqual({ lines: [{ kind: 'payment', ...rest, atEpochMs }] });
      },
      { now: () => now },
    );
  });

  test.each([[''], ['?from=0'], ['?from=a&to=b']])('needs both instants: "%s" has not', (query) =>
    withSandbox(async ({ api }) => {
      expect((await api('GET', `/v1/statement${query}`)).status).toBe(400);
    }),
  );

  test('is for the shop alone', () =>
    withSandbox(async ({ api }) => {
      const headers = { authorization: `Bearer ${mac('api.v1', 'guess')}` };
      const response = await api('GET', '/v1/statement?from=0&to=1', undefined, headers);
      expect(response.status).toBe(401);
    }));
});

describe('POST /v1/refunds', () => {
  const ask = { amountMinor: 1990, currency: 'EUR', reason: 'late' };

  test('pays back once for each key', () =>
    withSandbox(async ({ sandbox, api }) => {
      const { reference } = sandbox.pay(aToken());
      const refund = async (key: string, amountMinor: number) => {
        const body = { ...ask, reference, amountMinor };
        const response = await api('POST', '/v1/refunds', body, { 'idempotency-key': key });
        return { status: response.status, body: await response.json() };
      };
      const first = await refund('a', 1000);
      expect(first.body).toMatchObject({
        refundId: expect.stringMatching(/^re_/),
        reference,
        amountMinor: 1000,
        refundedAtEpochMs: NOW,
      });
      expect(await refund('a', 1000)).toEqual(first);
      expect((await refund('a', 990)).body).toMatchObject({ status: 409, code: 'key-reused' });
      expect((await refund('b', 991)).body).toMatchObject({ status: 409, code: 'above-paid' });
      expect((await refund('b', 990)).status).toBe(200);
      expect(sandbox.statement().refunds.map(({ amountMinor }) => amountMinor)).toEqual([
        1000, 990,
      ]);
    }));

  test.each([
    [404, { reference: 'pay_x' }, { 'idempotency-key': 'a' }],
    [409, { currency: 'USD' }, { 'idempotency-key': 'a' }],
    [400, {}, {}],
    [400, { amountMinor: -1 }, { 'idempotency-key': 'a' }],
  ])('answers %i to %j with %j', (status, changes, headers) =>
    withSandbox(async ({ sandbox, api }) => {
      const { reference } = sandbox.pay(aToken());
      const response = await api('POST', '/v1/refunds', { ...ask, reference, ...changes }, headers);
      expect(response.status).toBe(status);
      expect(sandbox.statement().refunds).toEqual([]);
    }),
  );

  test.each([['rubbish'], ['x'.repeat(70_000)]])('survives a body that is no JSON', (body) =>
    withSandbox(async ({ sandbox }) => {
      const headers = { authorization: `Bearer ${mac('api.v1')}`, 'idempotency-key': 'a' };
      const response = await fetch(`${sandbox.url}/v1/refunds`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
    }),
  );
});

describe('startPaymentSandbox()', () => {
  test('says which port is taken', () =>
    withSandbox(async ({ sandbox }) => {
      const port = Number(new URL(sandbox.url).port);
      const start = startPaymentSandbox({ key: KEY, webhookUrl: 'http://x', now: () => NOW, port });
      await expect(start).rejects.toThrow(`port ${port} is taken`);
    }));
});
