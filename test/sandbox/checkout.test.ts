import { describe, expect, test } from '@jest/globals';
import { aToken, NOW, withSandbox } from './shop.ts';

const open = (url: string, token: string) =>
  fetch(`${url}/checkout?token=${encodeURIComponent(token)}`);

const submit = (url: string, action: 'pay' | 'decline', token: string) =>
  fetch(`${url}/checkout/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });

describe('GET /checkout', () => {
  test('shows title, amount and both buttons, and says that it is a sandbox', () =>
    withSandbox(async ({ sandbox }) => {
      const response = await open(sandbox.url, aToken());
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).toContain('A &lt;b&gt;mug&lt;/b&gt;');
      expect(page).toMatch(/€19\.90[\s\S]*>Pay<[\s\S]*>Decline</);
      expect(page).toContain('Sandbox');
    }));

  test('lets its forms lead back to the shop, and nowhere else', () =>
    withSandbox(async ({ sandbox }) => {
      const policy = (await open(sandbox.url, aToken())).headers.get('content-security-policy');
      expect(policy).toContain("form-action 'self' http://shop.example;");
    }));

  test.each([
    ['another key', aToken({}, 'guess')],
    ['a changed amount', `${aToken({ amountMinor: 1 }).split('.')[0]}.${aToken().split('.')[1]}`],
    ['nothing', ''],
    ['an amount of 0', aToken({ amountMinor: 0 })],
    ['an amount that is a text', aToken({ amountMinor: '1990' })],
    ['a script to return to', aToken({ returnUrl: 'javascript:alert(1)' })],
  ])('refuses a token with %s', (_case, token) =>
    withSandbox(async ({ sandbox }) => {
      const response = await open(sandbox.url, token);
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('not valid'),
      ]);
    }),
  );

  test('is there one millisecond before the token expires, and not at it', () =>
    withSandbox(async ({ sandbox }) => {
      expect((await open(sandbox.url, aToken({ expiresEpochMs: NOW + 1 }))).status).toBe(200);
      expect((await open(sandbox.url, aToken({ expiresEpochMs: NOW }))).status).toBe(410);
    }));
});

describe('POST /checkout/pay', () => {
  test('pays once, however often it is pressed, and leads back', () =>
    withSandbox(async ({ sandbox, heard }) => {
      const token = aToken();
      const responses = await Promise.all([1, 2, 3].map(() => submit(sandbox.url, 'pay', token)));
      for (const response of responses) {
        expect(response.status).toBe(303);
        expect(response.headers.get('location')).toBe(
          'http://shop.example/sales/demo/?order=demo.mug.x&payment=paid',
        );
      }
      await sandbox.settled();
      expect([sandbox.statement().payments.length, heard.length]).toEqual([1, 1]);
      expect(await (await open(sandbox.url, token)).text()).toContain('Already paid');
    }));

  test('takes no money for an expired or a forged token', () =>
    withSandbox(async ({ sandbox }) => {
      const expired = await submit(sandbox.url, 'pay', aToken({ expiresEpochMs: NOW }));
      const forged = await submit(sandbox.url, 'pay', aToken({}, 'guess'));
      expect([expired.status, forged.status]).toEqual([410, 400]);
      expect(sandbox.statement().payments).toEqual([]);
    }));
});

describe('POST /checkout/decline', () => {
  test('leads back without a payment', () =>
    withSandbox(async ({ sandbox }) => {
      const response = await submit(sandbox.url, 'decline', aToken());
      expect(response.headers.get('location')).toMatch(/&payment=declined$/);
      expect(sandbox.statement().payments).toEqual([]);
    }));
});
