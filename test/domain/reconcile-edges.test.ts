import { describe, expect, test } from '@jest/globals';
import { reconcile, reconcileStrays } from '../../domain/reconcile.ts';
import { MARGIN_MS } from '../../domain/statement.ts';
import { PRICE, take } from './payment-builders.ts';
import { HOUR_MS, kindsIn, openTill, paid, statementOf } from './reconcile-builders.ts';

describe('reconcile() near the edges of the statement', () => {
  test.each([
    [0, 'judged'],
    [-1, 'unjudged'],
  ])('is careful until a margin has passed: %i ms past it', async (ms, judged) => {
    const till = await openTill();
    const orderId = await till.order('ada');
    till.state(orderId);
    const bob = await till.order('bob');
    await take(till, bob, { reference: 'pay_2' });
    await till.deliver();
    const now = till.clock.now + MARGIN_MS + ms;
    const report = await reconcile(till.world, till.sale, now);
    const kinds = judged === 'judged' ? ['payment-missing', 'payment-untold: paid'] : [];
    expect(kindsIn(report).sort()).toEqual(kinds);
    expect(report.unjudged).toBe(judged === 'judged' ? 0 : 2);
    if (judged === 'unjudged') expect(report.totals).toMatchObject({ open: 0, difference: 0 });
  });

  test.each([
    ['a refund that was just made', false],
    ['a refund that was just decided', true],
  ])('is careful with %s', async (_, fails) => {
    const till = await openTill();
    const orderId = await paid(till);
    till.clock.now += HOUR_MS;
    till.fails.refund = fails;
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2', at: till.clock.now - HOUR_MS });
    await till.deliver();
    const report = await reconcile(till.world, till.sale, till.clock.now + MARGIN_MS - 1);
    expect([kindsIn(report), report.unjudged]).toEqual([[], 1]);
  });

  test('says a match at once', async () => {
    const till = await openTill();
    await paid(till);
    await till.deliver();
    const report = await reconcile(till.world, till.sale, till.clock.now + 1);
    expect([kindsIn(report), report.unjudged, report.totals.paid]).toEqual([[], 0, PRICE]);
  });
});

describe('reconcileStrays()', () => {
  const at = 10 * HOUR_MS;
  const line = { reference: 'pay_1', orderId: 'gone.lamp.AAAAAAAAAAAAAAAAAAAAAAAA', amount: 5 };
  const payment = { kind: 'payment' as const, ...line, currency: 'EUR', at };
  const period = { from: at - HOUR_MS, until: at + HOUR_MS };

  test('finds payments of no sale, and lets somebody else judge them', async () => {
    const lines = [
      payment,
      { ...payment, reference: 'pay_2', orderId: 'nonsense' },
      { ...payment, reference: 'pay_3', orderId: 'night.lamp.AAAAAAAAAAAAAAAAAAAAAAAA' },
      { ...payment, reference: 'pay_4' },
      { ...payment, kind: 'refund' as const, reference: 'pay_4' },
    ];
    const report = await reconcileStrays(statementOf(lines), (id) => id === 'night', period);
    expect(report).toMatchObject({ saleId: '-', needsAction: 2, items: [] });
    expect(report.findings).toMatchObject([
      { kind: 'unknown-sale', action: 'check', payment: 'pay_1' },
      { kind: 'unknown-sale', action: 'check', payment: 'pay_2' },
    ]);
  });

  test.each([
    [period.from + MARGIN_MS - 1, 1],
    [period.from + MARGIN_MS, 0],
    [period.until - MARGIN_MS, 0],
    [period.until - MARGIN_MS + 1, 1],
  ])('judges what is not too near to an edge: %i', async (instant, unjudged) => {
    const lines = [{ ...payment, at: instant }];
    const report = await reconcileStrays(statementOf(lines), () => false, period);
    expect([report.unjudged, report.needsAction]).toEqual([unjudged, 1 - unjudged]);
  });
});
