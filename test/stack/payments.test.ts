import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Shopper } from '../support/shopper.ts';
import { type Scene, SWEPT_MS, startScene } from './scene.ts';

const PRICE = 1999;
/** The payment window, and its grace. */
const OVER_MS = 16 * 60_000;

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({
    id: 'pay',
    closesAt: Date.now() + 6 * 3_600_000,
    items: [
      { units: 400, limit: 2 },
      { sku: 'last', units: 1 },
    ],
  });
  await scene.open();
}, 30_000);

afterAll(() => scene?.stop());

beforeEach(() => scene.stack.faults.clear());

/** An order on its way to the provider. */
async function ordered(sku = 'lamp') {
  const shopper = await scene.enter();
  const orderId = await shopper.order('pay', { sku });
  return { shopper, orderId, token: await shopper.token(orderId) };
}

const stateOf = async (shopper: Shopper, orderId: string) =>
  (await shopper.look(orderId)).body['status'];

const refundsOf = (reference: string) =>
  scene.sandbox.statement().refunds.filter((refund) => refund.reference === reference);

/** What stood between provider and shop: the webhook is not heard before it is removed. */
const silenced = () =>
  scene.stack.faults.add({ function: 'Payment', action: 'error-before', service: 'dynamodb' });

describe('a payment', () => {
  test('pays its order, and its record keeps the hash of the token', async () => {
    const { shopper, orderId, token } = await ordered();
    const { reference } = await scene.pay(token);
    expect(await stateOf(shopper, orderId)).toBe('PAID');
    expect(await scene.record(orderId)).toMatchObject({
      state: 'PAID',
      payment: reference,
      amount: PRICE,
      token: createHash('sha256').update(token).digest('base64url'),
    });
    expect(refundsOf(reference)).toEqual([]);
  });

  test('that is told five times more changes nothing', async () => {
    const { orderId, token } = await ordered();
    const { reference } = await scene.pay(token);
    const before = await scene.dump();
    expect(await scene.sandbox.redeliver(reference, 5)).toEqual([204, 204, 204, 204, 204]);
    await scene.stack.settle();
    expect(await scene.dump()).toEqual(before);
    expect(refundsOf(reference)).toEqual([]);
    const events = scene.stack.events.filter(
      ({ detail }) => (detail as { id: string }).id === `${orderId}/PAID`,
    );
    expect(events).toHaveLength(1);
  });

  test.each([
    ['a second one of the same order', { forceNew: true }],
    ['one of another amount', { amountMinor: PRICE - 1, forceNew: true }],
    ['one in another currency', { currency: 'USD', forceNew: true }],
  ])('goes back: %s', async (_, options) => {
    const { shopper, orderId, token } = await ordered();
    const first = await scene.pay(token);
    const other = await scene.pay(token, options);
    expect(await stateOf(shopper, orderId)).toBe('PAID');
    expect(refundsOf(first.reference)).toEqual([]);
    expect(refundsOf(other.reference)).toMatchObject([{ amountMinor: other.amountMinor }]);
    const event = scene.stack.events.find(
      ({ detail }) => (detail as { id: string }).id === `${other.reference}/refunded`,
    );
    expect(event?.detail).toMatchObject({
      reason: 'second-payment',
      amountMinor: other.amountMinor,
    });
  });

  test('of another amount leaves the order open for the right one', async () => {
    const { shopper, orderId, token } = await ordered();
    const wrong = await scene.pay(token, { amountMinor: PRICE + 1 });
    expect(await stateOf(shopper, orderId)).toBe('RESERVED');
    expect(refundsOf(wrong.reference)).toMatchObject([{ reason: 'wrong-amount' }]);
    await scene.pay(token, { forceNew: true });
    expect(await stateOf(shopper, orderId)).toBe('PAID');
  });

  test.each(['executed', 'not-executed'] as const)(
    'whose refund fails at first goes back once: %s',
    async (how) => {
      const { token } = await ordered();
      await scene.pay(token);
      scene.failRefunds(3, how);
      const second = await scene.pay(token, { forceNew: true });
      expect(refundsOf(second.reference)).toHaveLength(1);
      expect(scene.sandbox.undelivered()).toEqual([]);
    },
  );

  test('whose refund nobody heard of is told again, and goes back once', async () => {
    const { token } = await ordered();
    await scene.pay(token);
    const fault = { function: 'Payment', service: 'sqs', nth: 1, times: 2 } as const;
    const armed = scene.stack.faults.add({ ...fault, action: 'error-before' });
    const second = await scene.pay(token, { forceNew: true });
    expect(armed.hits).toBe(2);
    expect(refundsOf(second.reference)).toHaveLength(1);
    const told = scene.stack.events.filter(
      ({ detail }) => (detail as { id: string }).id === `${second.reference}/refunded`,
    );
    expect(told).toHaveLength(1);
  });
});

describe('a payment at the end of its window', () => {
  test('that comes before the timeout pays', async () => {
    const { shopper, orderId, token } = await ordered();
    const silence = silenced();
    const payment = await scene.pay(token);
    await scene.stack.clock.advance(OVER_MS - 5000);
    silence.remove();
    await scene.sandbox.redeliver(payment.reference, 1);
    await scene.stack.clock.advance(120_000);
    expect(await stateOf(shopper, orderId)).toBe('PAID');
    expect(refundsOf(payment.reference)).toEqual([]);
  });

  test.each(['payment first', 'timeout first', 'both at once'])(
    'ends paid when the timeout comes in the same instant: %s',
    async (order) => {
      const { shopper, orderId, token } = await ordered();
      const silence = silenced();
      const { reference } = await scene.pay(token);
      // Past payBy and grace, with no sweep in between.
      scene.stack.faults.add({ function: 'Sweep', action: 'error-before' });
      await scene.stack.clock.advance(OVER_MS + 1000);
      scene.stack.faults.clear();
      silence.remove();
      const deeds = [
        () => scene.sandbox.redeliver(reference, 1),
        () => scene.stack.invoke('Sweep', { saleId: 'pay' }),
      ];
      if (order === 'timeout first') deeds.reverse();
      if (order === 'both at once') await Promise.all(deeds.map((deed) => deed()));
      else for (const deed of deeds) await deed();
      await scene.sandbox.redeliver(reference, 1);
      await scene.stack.settle();
      expect(refundsOf(reference)).toEqual([]);
      const claim = await scene.claim(orderId);
      expect(claim).toMatchObject({ state: 'PAID', payment: reference });
      // Where the timeout came first the money bought again: the old order says that it expired.
      const bought = `pay.lamp.${claim?.holder}`;
      expect(await stateOf(shopper, bought)).toBe('PAID');
      if (bought !== orderId) expect(await stateOf(shopper, orderId)).toBe('RELEASED');
    },
  );

  test('that comes late buys again for the same shopper', async () => {
    const { shopper, orderId, token } = await ordered();
    await shopper.cancel(orderId);
    const { reference } = await scene.pay(token);
    const claim = await scene.claim(orderId);
    expect(claim).toMatchObject({ state: 'PAID', payment: reference });
    expect(claim?.holder).not.toBe(orderId.split('.')[2]);
    expect(await stateOf(shopper, orderId)).toBe('RELEASED');
    expect(await stateOf(shopper, `pay.lamp.${claim?.holder}`)).toBe('PAID');
    expect(refundsOf(reference)).toEqual([]);
  });

  test('that comes late with nothing free goes back', async () => {
    const { shopper, orderId, token } = await ordered('last');
    await shopper.cancel(orderId);
    const other = await scene.enter();
    await scene.order(other, 'pay', { sku: 'last' });
    const { reference } = await scene.pay(token);
    expect(refundsOf(reference)).toMatchObject([{ amountMinor: PRICE, reason: 'late' }]);
    expect(await stateOf(shopper, orderId)).toBe('RELEASED');
  });

  test('cannot be begun: checkout is refused in the last seconds, and after them', async () => {
    const { shopper, orderId, token } = await ordered();
    const { payBy = 0 } = (await scene.claim(orderId)) ?? {};
    const until = (instant: number) => scene.stack.clock.advance(instant - scene.stack.clock.now());
    await until(payBy - 6000);
    expect((await shopper.checkout(orderId)).status).toBe(200);
    await until(payBy - 4999);
    const { status, body } = await shopper.checkout(orderId);
    expect([status, body['code']]).toEqual([409, 'order-state']);
    expect(() => scene.sandbox.pay(token)).toThrow('the token is expired');
  });
});

test('promises are kept, and each payment bought something or went back', async () => {
  await scene.stack.clock.advance(SWEPT_MS);
  expect(await scene.broken('pay', true)).toEqual({});
  expect(scene.sandbox.undelivered().filter(({ gaveUp }) => !gaveUp)).toEqual([]);
  const { payments } = scene.sandbox.statement();
  for (const { reference, orderId } of payments) {
    const isKept = (await scene.claim(orderId))?.payment === reference;
    expect([reference, refundsOf(reference).length]).toEqual([reference, isKept ? 0 : 1]);
  }
});
