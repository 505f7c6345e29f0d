import { describe, expect, test } from '@jest/globals';
import { aToken, NOW, withSandbox } from './shop.ts';

type Scene = Parameters<Parameters<typeof withSandbox>[0]>[0];
type Line = { readonly kind: string; readonly reference: string; readonly amountMinor: number };
type Page = { readonly lines: readonly Line[]; readonly next?: string };

const ALL = `from=${NOW}&to=${NOW + 1}`;

const pageOf = async ({ api }: Scene, after = ''): Promise<Page> =>
  (await (await api('GET', `/v1/statement?${ALL}&after=${after}`)).json()) as Page;

const mistake = async ({ api }: Scene, body: object): Promise<number> =>
  (await api('POST', '/v1/mistakes', body)).status;

describe('GET /v1/statement', () => {
  test('has refunds with the order that their payment was for', () =>
    withSandbox(async (scene) => {
      const { reference, orderId } = scene.sandbox.pay(aToken());
      const refund = { reference, amountMinor: 5, currency: 'EUR', reason: 'late' };
      await scene.api('POST', '/v1/refunds', refund, { 'idempotency-key': 'a' });
      expect((await pageOf(scene)).lines).toEqual([
        expect.objectContaining({ kind: 'payment', reference, orderId, amountMinor: 1990 }),
        {
          ...{ kind: 'refund', reference, orderId, amountMinor: 5, currency: 'EUR' },
          atEpochMs: NOW,
        },
      ]);
    }));

  test('comes in pages of 500 lines', () =>
    withSandbox(async (scene) => {
      const pay = () => scene.sandbox.pay(aToken(), { forceNew: true });
      const all = Array.from({ length: 500 }, () => pay().reference);
      expect(await pageOf(scene)).not.toHaveProperty('next');
      all.push(pay().reference);
      const first = await pageOf(scene);
      expect(first.lines).toHaveLength(500);
      const second = await pageOf(scene, first.next);
      expect(second.lines).toHaveLength(1);
      expect(second).not.toHaveProperty('next');
      expect([...first.lines, ...second.lines].map(({ reference }) => reference)).toEqual(all);
    }));

  test('refuses a page that there is not', () =>
    withSandbox(async ({ api }) => {
      expect((await api('GET', `/v1/statement?${ALL}&after=x`)).status).toBe(400);
    }));
});

describe('POST /v1/mistakes', () => {
  test('makes the statement wrong, and nothing else', () =>
    withSandbox(async (scene) => {
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((orderId) =>
        scene.sandbox.pay(aToken({ orderId })),
      );
      expect(await mistake(scene, { reference: a?.reference, kind: 'missing' })).toBe(200);
      expect(await mistake(scene, { reference: b?.reference, kind: 'doubled' })).toBe(200);
      const amount = { reference: c?.reference, kind: 'amount', amountMinor: 7 };
      expect(await mistake(scene, amount)).toBe(200);
      const { lines } = await pageOf(scene);
      expect(lines.map(({ reference, amountMinor }) => [reference, amountMinor])).toEqual([
        [b?.reference, 1990],
        [b?.reference, 1990],
        [c?.reference, 7],
        [d?.reference, 1990],
      ]);
      expect(scene.sandbox.statement().payments).toHaveLength(4);
      scene.sandbox.mistake(a?.reference ?? '');
      expect((await pageOf(scene)).lines).toHaveLength(5);
    }));

  test.each([
    [404, { reference: 'pay_x', kind: 'missing' }],
    [400, { kind: 'missing' }],
    [400, { reference: 'pay_x', kind: 'amount' }],
    [400, { reference: 'pay_x', kind: 'other' }],
  ])('answers %i to %j', (status, body) =>
    withSandbox(async (scene) => {
      expect(await mistake(scene, body)).toBe(status);
    }),
  );
});
