import { describe, expect, test } from '@jest/globals';
import { approveRefund } from '../../domain/approve-refund.ts';
import { orderOf } from '../../domain/order-id.ts';
import { recordKey } from '../../domain/order-record.ts';
import { expired, PRICE, take } from './payment-builders.ts';
import { kindsIn, openTill, paid } from './reconcile-builders.ts';

const refund = { kind: 'refund' as const };

describe('reconcile() of payments that did nothing', () => {
  test('tells of one that was not heard, and it pays', async () => {
    const till = await openTill();
    const orderId = await till.order('ada');
    till.state(orderId);
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['payment-untold: paid']);
    expect(report).toMatchObject({ needsAction: 0, totals: { open: PRICE, difference: 0 } });
    expect(await till.claim('ada')).toMatchObject({ state: 'PAID', payment: 'pay_1' });
    expect(kindsIn(await till.reconcile())).toEqual([]);
  });

  test('tells of a late one, and it buys again', async () => {
    const till = await openTill({ closesAt: Date.UTC(2027, 0) });
    const orderId = await expired(till);
    till.state(orderId);
    expect(kindsIn(await till.reconcile())).toEqual(['late-untold: paid']);
    expect(kindsIn(await till.reconcile())).toEqual(['paid-late']);
  });

  test('tells of one without an order, and it goes back', async () => {
    const till = await openTill();
    till.state('night.lamp.AAAAAAAAAAAAAAAAAAAAAAAA');
    expect(kindsIn(await till.reconcile())).toEqual(['paid-without-order: refunded']);
    expect(till.refunds).toMatchObject([{ payment: 'pay_1', reason: 'unknown-order' }]);
  });

  test('asks again for a refund that the provider did not take, for the same reason', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    till.fails.refund = true;
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    expect(kindsIn(await till.reconcile())).toEqual(['refund-due: later']);
    till.fails.refund = false;
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['refund-due: refunded']);
    expect(till.refunds).toMatchObject([{ payment: 'pay_2', reason: 'second-payment' }]);
  });

  test('says what it could not put right', async () => {
    const till = await openTill();
    till.state('night.lamp.AAAAAAAAAAAAAAAAAAAAAAAA');
    till.fails.refund = true;
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['paid-without-order: later']);
    expect(report.needsAction).toBe(1);
  });

  test('finds two orders that name one payment', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    const other = await till.order('bob');
    await take(till, other, { reference: 'pay_2' });
    await till.deliver();
    const order = orderOf(other)!;
    const item = recordKey(order, order.holder);
    await till.store.write({ item, change: [{ op: 'set', attr: 'payment', value: 'pay_1' }] });
    const { findings } = await till.reconcile();
    const shared = findings.find(({ kind }) => kind === 'payment-shared');
    expect(shared).toMatchObject({ action: 'check', payment: 'pay_1' });
    expect([orderId, other]).toContain(shared?.orderId);
  });

  test.each([
    ['amount', PRICE + 1],
    ['price', 1],
    ['currency', 'USD'],
  ])('finds a record whose %s is wrong', async (attr, value) => {
    const till = await openTill();
    const order = orderOf(await till.order('ada'))!;
    await till.deliver();
    const item = recordKey(order, order.holder);
    await till.store.write({ item, change: [{ op: 'set', attr, value }] });
    const report = await till.reconcile();
    expect(report.findings).toMatchObject([
      { kind: 'record-wrong', action: 'correct-record', expected: PRICE },
    ]);
  });
});

describe('reconcile() where refunds need approval', () => {
  async function twicePaid() {
    const till = await openTill({ refunds: 'approval' });
    const orderId = await paid(till);
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    return { till, orderId };
  }

  test('says what waits, and does not touch it', async () => {
    const { till } = await twicePaid();
    const report = await till.reconcile();
    expect(report.findings).toMatchObject([
      { kind: 'refund-waiting', action: 'approve', payment: 'pay_2', reason: 'second-payment' },
    ]);
    expect(report.totals).toMatchObject({ open: PRICE, difference: 0 });
    expect(till.refunds).toEqual([]);
  });

  test('tells of a payment that was not heard, and then it waits', async () => {
    const till = await openTill({ refunds: 'approval' });
    till.state('night.lamp.AAAAAAAAAAAAAAAAAAAAAAAA');
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['paid-without-order: waiting']);
    expect(report.needsAction).toBe(1);
    expect(kindsIn(await till.reconcile())).toEqual(['refund-waiting']);
  });

  test('finishes an approval that was cut short', async () => {
    const { till } = await twicePaid();
    till.fails.refund = true;
    await approveRefund(till.world, 'night', 'pay_2', till.clock.now);
    till.fails.refund = false;
    expect(kindsIn(await till.reconcile())).toEqual(['refund-due: refunded']);
    expect(till.refunds).toHaveLength(1);
  });

  test('notes a refund that the provider made, and asks for no other', async () => {
    const { till, orderId } = await twicePaid();
    till.state(orderId, { reference: 'pay_2', ...refund });
    expect(kindsIn(await till.reconcile())).toEqual(['refunded-unnoted: refunded']);
    expect(till.refunds).toEqual([]);
    expect(kindsIn(await till.reconcile())).toEqual(['refunded']);
  });
});
