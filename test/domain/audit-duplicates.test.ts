import { describe, expect, test } from '@jest/globals';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  booksFor,
  idFor,
  MINUTE,
  NOW,
  type OrderSpec,
  PAY_BY,
  SECOND,
  verdictOf,
} from './audit-builders.ts';

const duplicate = (
  books: ItemBooks,
  over: Parameters<typeof verdictOf>[1] = { item: { limit: 2 } },
) => verdictOf(books, over).promises['no-duplicate'];

const paid: OrderSpec = { buyer: 1, state: 'PAID' };
const next: OrderSpec = { buyer: 1, n: 1, before: 1 };

describe('duplicates()', () => {
  test('lets a shopper have the limit', () => {
    expect(duplicate(booksFor([2], [paid, next]))).toBe(true);
  });

  test('finds a shopper with one more than the limit', () => {
    expect(duplicate(booksFor([2], [paid, next]), { item: { limit: 1 } })).toEqual([
      { id: idFor(next), what: 'its shopper has 2 units in 2 orders, and may have 1' },
    ]);
  });

  test('counts quantities', () => {
    const order = { buyer: 1, quantity: 3 };
    expect(duplicate(booksFor([3], [order]))).toEqual([
      { id: idFor(order), what: 'its shopper has 3 units in 1 orders, and may have 2' },
    ]);
  });

  test('does not count what is pending or released', () => {
    const orders: OrderSpec[] = [
      { buyer: 1, quantity: 3, state: 'RELEASED' },
      { buyer: 2, quantity: 3, state: 'PENDING' },
    ];
    expect(duplicate(booksFor([3], orders))).toBe(true);
  });

  test('finds a further order whose predecessor is not paid', () => {
    expect(duplicate(booksFor([2], [{ buyer: 1 }, next]))).toEqual([
      { id: idFor(next), what: 'is order 1 of its shopper, and order 0 is RESERVED' },
    ]);
  });

  test('finds a further order whose predecessor is missing', () => {
    expect(duplicate(booksFor([2], [next]))).toEqual([
      { id: idFor(next), what: 'is order 1 of its shopper, and order 0 is missing' },
    ]);
  });

  test('takes the word of a record for a predecessor whose claim was erased', () => {
    const erased = { ...paid, claimIs: 'erased' } as const;
    expect(duplicate(booksFor([2], [erased, next]))).toBe(true);
    expect(
      duplicate(booksFor([2], [{ ...erased, recorded: { state: 'RESERVED' } }, next])),
    ).not.toBe(true);
  });

  test('finds an order that counts its predecessors wrongly', () => {
    const wrong = { ...next, before: 0 };
    expect(duplicate(booksFor([2], [paid, wrong]))).toEqual([
      { id: idFor(wrong), what: 'says that its shopper had 0 units before, and it was 1' },
    ]);
  });

  test('leaves out what is younger than a request may live, while a sale runs', () => {
    const young = { ...next, changedAt: NOW - SECOND };
    const item = { limit: 1 };
    expect(duplicate(booksFor([2], [young]), { item, inFlightMs: 2 * SECOND })).toBe(true);
    expect(duplicate(booksFor([2], [young]), { item, inFlightMs: SECOND })).not.toBe(true);
  });

  test('does not count an unpaid order of an item without end once its window is over', () => {
    const orders: OrderSpec[] = [
      { ...paid, shards: 0, stands: 'nowhere' },
      { ...next, shards: 0, stands: 'nowhere' },
    ];
    const item = { units: 'unlimited', limit: 1 } as const;
    expect(duplicate(booksFor([], orders), { item, now: PAY_BY })).not.toBe(true);
    expect(duplicate(booksFor([], orders), { item, now: PAY_BY + 1 })).toBe(true);
  });

  test('does count it where stock is limited, until it is released', () => {
    const books = booksFor([2], [paid, next]);
    expect(duplicate(books, { item: { limit: 1 }, now: PAY_BY + MINUTE })).not.toBe(true);
  });

  test('passes over records that cannot be read', () => {
    expect(duplicate(booksFor([2], [{ ...paid, recorded: { orderId: 'nonsense' } }]))).toBe(true);
  });
});
