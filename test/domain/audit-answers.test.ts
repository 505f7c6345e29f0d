import { describe, expect, test } from '@jest/globals';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  answerFor,
  booksFor,
  idFor,
  MINUTE,
  OPENS,
  type OrderSpec,
  verdictOf,
} from './audit-builders.ts';

const lost = (books: ItemBooks, answer: Partial<ShopperAnswer>, now = OPENS + MINUTE) =>
  verdictOf(books, { now, answers: [answerFor(answer)] }).promises['nothing-lost'];

const order = (spec: Partial<OrderSpec> = {}) => booksFor([2], [{ buyer: 1, ...spec }]);
const orderId = idFor({ buyer: 1 });

describe('unkept()', () => {
  test('finds an acknowledged order in any state that follows a reservation', () => {
    for (const state of ['RESERVED', 'PAID', 'RELEASING', 'RELEASED'] as const) {
      expect(lost(order({ state }), { orderId })).toBe(true);
    }
  });

  test('finds that an acknowledged order is pending', () => {
    expect(lost(order({ state: 'PENDING' }), { orderId })).toEqual([
      { id: orderId, what: 'was acknowledged, and its claim is PENDING' },
    ]);
  });

  test('finds that an acknowledged order has neither claim nor record', () => {
    const what = 'was acknowledged, and has neither claim nor record';
    expect(lost(booksFor([2]), { orderId })).toEqual([{ id: orderId, what }]);
    expect(lost(booksFor([2]), { orderId, status: 200 })).toEqual([{ id: orderId, what }]);
    expect(lost(booksFor([2]), { orderId, status: 409, code: 'sold-out' })).toBe(true);
  });

  test('is content with a record where the claim was erased or has moved on', () => {
    const old = { buyer: 1, claimIs: 'erased', state: 'RELEASED' } as const;
    expect(lost(booksFor([2], [old]), { orderId })).toBe(true);
    expect(lost(booksFor([2], [old, { buyer: 1, attempt: 2 }]), { orderId })).toBe(true);
  });

  test('gives the record of an order whose claim has moved on 3 minutes to come', () => {
    const books = booksFor([2], [{ buyer: 1, attempt: 2 }]);
    expect(lost(books, { orderId }, OPENS + 3 * MINUTE)).toBe(true);
    expect(lost(books, { orderId }, OPENS + 3 * MINUTE + 1)).toEqual([
      { id: orderId, what: 'was acknowledged, and its claim has moved on, and there is no record' },
    ]);
  });

  test('finds an acknowledgement without an order id', () => {
    expect(lost(booksFor([2]), {})).toEqual([
      { id: 'ada', what: 'was answered 201 without an order id' },
    ]);
  });

  test('finds an order id that is none, or of another sale or item', () => {
    const [, , holder] = orderId.split('.');
    for (const wrong of ['nonsense', `autumn.mug.${holder}`, `spring.cup.${holder}`]) {
      expect(lost(order(), { orderId: wrong })).toEqual([
        { id: wrong, what: 'was acknowledged, and is no order of this item' },
      ]);
    }
  });

  test('tells of an order once, however often it was answered', () => {
    const answers = [answerFor({ orderId }), answerFor({ orderId, status: 200 })];
    const { promises } = verdictOf(booksFor([2]), { answers });
    expect(promises['nothing-lost']).toHaveLength(1);
  });

  test('leaves answers about other items alone', () => {
    expect(lost(booksFor([2]), { orderId, sku: 'cup' })).toBe(true);
  });
});
