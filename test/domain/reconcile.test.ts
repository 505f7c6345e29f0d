import { describe, expect, test } from '@jest/globals';
import { anItem } from '../support/sales.ts';
import { expired, PRICE, take } from './payment-builders.ts';
import { kindsIn, openTill, paid } from './reconcile-builders.ts';

const refund = { kind: 'refund' as const };

describe('reconcile() of books that agree', () => {
  test('finds nothing, and adds up to the cent', async () => {
    const till = await openTill({ items: [anItem(), anItem({ sku: 'shade', price: 250 })] });
    await paid(till);
    const other = await till.order('bob', 1, 'shade');
    await take(till, other, { reference: 'pay_2', amount: 250 });
    till.state(other, { reference: 'pay_2', amount: 250 });
    await till.order('eve');
    const report = await till.reconcile();
    expect(report).toMatchObject({
      ...{ v: 1, saleId: 'night', currency: 'EUR', findings: [], counts: {} },
      ...{ needsAction: 0, unjudged: 0 },
      orders: { paid: 2, reserved: 1, released: 0, free: 0 },
    });
    const none = { refunded: 0, open: 0, difference: 0 };
    expect(report.totals).toEqual({ paid: 2249, net: 2249, expected: 2249, ...none });
    expect(report.items.map(({ sku, paid: sum }) => [sku, sum])).toEqual([
      ['lamp', PRICE],
      ['shade', 250],
    ]);
  });

  test('asks no payment of an order that costs nothing', async () => {
    const till = await openTill({ items: [anItem({ price: 0 })] });
    await till.order('ada');
    const report = await till.reconcile();
    expect([report.findings, report.orders]).toEqual([
      [],
      { paid: 1, reserved: 0, released: 0, free: 1 },
    ]);
  });

  test('leaves alone what is of other sales', async () => {
    const till = await openTill();
    till.state('day.lamp.AAAAAAAAAAAAAAAAAAAAAAAA');
    till.state('nonsense', { reference: 'pay_2' });
    const report = await till.reconcile();
    expect([report.findings, report.totals.paid]).toEqual([[], 0]);
  });

  test('tells what a late payment bought, and what went back', async () => {
    const till = await openTill({ items: [anItem({ units: 2 })] });
    const late = await expired(till);
    await take(till, late);
    till.state(late);
    const orderId = await till.order('bob');
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    await take(till, orderId, { reference: 'pay_3' });
    till.state(orderId, { reference: 'pay_3' });
    till.state(orderId, { reference: 'pay_3', ...refund });
    const report = await till.reconcile();
    expect(kindsIn(report).sort()).toEqual(['paid-late', 'refunded']);
    expect(report).toMatchObject({ needsAction: 0, counts: { 'paid-late': 1, refunded: 1 } });
    expect(report.totals).toMatchObject({ paid: 3 * PRICE, refunded: PRICE, difference: 0 });
  });
});

describe('reconcile() of what the provider states otherwise', () => {
  test.each([
    ['amount-differs', { amount: PRICE - 1 }, -1],
    ['currency-differs', { currency: 'USD' }, -PRICE],
  ])('finds %s', async (kind, line, difference) => {
    const till = await openTill();
    const orderId = await till.order('ada');
    await take(till, orderId);
    till.state(orderId, line);
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual([kind]);
    expect(report).toMatchObject({ needsAction: 1, totals: { difference } });
  });

  test('finds a payment that is not stated', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    till.lines.length = 0;
    const report = await till.reconcile();
    expect(report.findings).toMatchObject([
      {
        kind: 'payment-missing',
        action: 'ask-provider',
        orderId,
        payment: 'pay_1',
        expected: PRICE,
      },
    ]);
    expect(report.totals.difference).toBe(-PRICE);
  });

  test('finds a payment that is stated twice, whether or not it bought', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    till.state(orderId);
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2', ...refund });
    const report = await till.reconcile();
    expect(report.counts).toEqual({ 'payment-repeated': 2, refunded: 1 });
    expect(report.totals.difference).toBe(2 * PRICE);
  });

  test('finds a refund of an order that stands', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    till.state(orderId, { ...refund, amount: 500 });
    const report = await till.reconcile();
    expect(report.findings).toMatchObject([
      { kind: 'refund-unexpected', action: 'check', amount: 500, expected: 0 },
    ]);
  });

  test('finds a refund that is not stated, and one of another amount', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    for (const reference of ['pay_2', 'pay_3']) {
      await take(till, orderId, { reference });
      till.state(orderId, { reference });
    }
    till.state(orderId, { reference: 'pay_3', ...refund, amount: PRICE - 1 });
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['refund-missing', 'refund-differs']);
    expect(report.totals.difference).toBe(PRICE + 1);
  });

  test('finds a refund in another currency', async () => {
    const till = await openTill();
    const orderId = await paid(till);
    await take(till, orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2' });
    till.state(orderId, { reference: 'pay_2', ...refund, currency: 'USD' });
    expect(kindsIn(await till.reconcile())).toEqual(['refund-differs']);
  });

  test('finds a refund of a payment that is not stated', async () => {
    const till = await openTill();
    const orderId = await till.order('ada');
    till.state(orderId, refund);
    expect(kindsIn(await till.reconcile())).toEqual(['refund-without-payment']);
  });

  test('finds what went back by other hands, and does not tell of it', async () => {
    const till = await openTill();
    const orderId = await till.order('ada');
    till.state(orderId);
    till.state(orderId, refund);
    const report = await till.reconcile();
    expect(kindsIn(report)).toEqual(['refund-unexpected']);
    expect((await till.claim('ada'))?.state).toBe('RESERVED');
  });
});
