import { describe, expect, test } from '@jest/globals';
import { orderEvent, refundEvent, saleEvent } from '../../domain/events.ts';
import type { OrderFacts, RefundMessage } from '../../domain/messages.ts';
import { OPENS_AT } from '../support/sales.ts';
import { buyerKeyOf } from '../support/shop.ts';
import { aHolder } from './claim-builders.ts';

const ITEM = { saleId: 'night', sku: 'lamp' };
const ORDER = `night.lamp.${aHolder()}`;

const someFacts = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  quantity: 2,
  price: 5,
  amount: 10,
  currency: 'EUR',
  transaction: 't-ada',
  claimedAt: OPENS_AT,
  reservedAt: OPENS_AT + 1,
  ...changes,
});

const order = (state: 'RESERVED' | 'PAID' | 'RELEASED', changes: Partial<OrderFacts> = {}) =>
  orderEvent(ITEM, aHolder(), state, someFacts(changes));

describe('orderEvent()', () => {
  test('says what every order event says', () => {
    expect(order('RESERVED', { payBy: 9 })).toEqual({
      type: 'order.reserved.v1',
      detail: {
        ...{ id: `${ORDER}/RESERVED`, at: OPENS_AT + 1, saleId: 'night', sku: 'lamp' },
        ...{ orderId: ORDER, quantity: 2, amountMinor: 10, currency: 'EUR' },
        ...{ buyerKey: buyerKeyOf('ada'), transactionId: 't-ada', payByEpochMs: 9 },
      },
    });
  });

  test('has an id that is the same each time, and another one for each state', () => {
    const ids = (['RESERVED', 'PAID', 'RELEASED'] as const).map((state) => order(state).detail.id);
    expect(ids).toEqual([`${ORDER}/RESERVED`, `${ORDER}/PAID`, `${ORDER}/RELEASED`]);
    expect(order('PAID', { paidAt: 1 }).detail.id).toBe(order('PAID', { paidAt: 2 }).detail.id);
  });

  test('is of the instant of its state, whatever came afterwards', () => {
    const facts = { paidAt: 5, releasedAt: 6 };
    expect(order('PAID', facts).detail.at).toBe(5);
    expect(order('RELEASED', facts).detail.at).toBe(6);
    expect(order('RESERVED', facts).detail.at).toBe(OPENS_AT + 1);
  });

  test('says how it was paid, and why it was released', () => {
    expect(order('PAID', { paidAt: 5, payment: 'pay_1' }).detail).toMatchObject({
      ...{ paidAtEpochMs: 5, payment: 'pay_1' },
    });
    expect(order('RELEASED', { reason: 'cancelled' }).detail).toMatchObject({
      reason: 'cancelled',
    });
  });

  test('is whole although the facts are from before the change', () => {
    expect(order('PAID').detail).toMatchObject({
      ...{ at: OPENS_AT + 1, paidAtEpochMs: OPENS_AT + 1, payment: '' },
    });
    expect(order('RELEASED').detail).toMatchObject({ at: OPENS_AT + 1, reason: 'expired' });
    expect(order('RESERVED').detail).not.toHaveProperty('payByEpochMs');
  });
});

describe('refundEvent()', () => {
  test('says whose money went back, how much and why', () => {
    const refund: RefundMessage = {
      v: 1,
      kind: 'refund',
      ...ITEM,
      ...{ holder: aHolder(), payment: 'pay_1', amount: 10, currency: 'EUR', at: 7 },
      reason: 'late',
    };
    expect(refundEvent(refund)).toEqual({
      type: 'payment.refunded.v1',
      detail: {
        ...{ id: 'pay_1/refunded', at: 7, ...ITEM, orderId: ORDER, payment: 'pay_1' },
        ...{ amountMinor: 10, currency: 'EUR', reason: 'late' },
      },
    });
  });
});

describe('saleEvent()', () => {
  const opened = { v: 1, kind: 'sale', what: 'opened', saleId: 'night', at: 3 } as const;

  test('tells one occurrence from the next by its id', () => {
    expect(saleEvent({ ...opened, occurrence: '1' })).toEqual({
      type: 'sale.opened.v1',
      detail: { id: 'night/opened/-/1', at: 3, saleId: 'night' },
    });
  });

  test('names the item and the units, where it has them', () => {
    const restocked = {
      ...opened,
      what: 'restocked',
      sku: 'lamp',
      occurrence: '2',
      units: 5,
    } as const;
    expect(saleEvent(restocked)).toEqual({
      type: 'sale.restocked.v1',
      detail: { id: 'night/restocked/lamp/2', at: 3, saleId: 'night', sku: 'lamp', units: 5 },
    });
  });
});
