import { describe, expect, test } from '@jest/globals';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  booksFor,
  claimFor,
  idFor,
  MINUTE,
  NOW,
  OPENS,
  type OrderSpec,
  PAY_BY,
  verdictOf,
} from './audit-builders.ts';

const lost = (books: ItemBooks, over: Parameters<typeof verdictOf>[1] = {}) =>
  verdictOf(books, over).promises['nothing-lost'];

const order = (spec: Partial<OrderSpec> = {}) => booksFor([2], [{ buyer: 1, ...spec }]);
const id = idFor({ buyer: 1 });
const KEPT = { answers: [] };

describe('lostOrders()', () => {
  test('is not judged from the tables alone, unless they disprove it', () => {
    expect(lost(order())).toBe('not-judged');
    expect(lost(order({ recorded: 'never' }))).toEqual([
      { id, what: 'is RESERVED and has no order record' },
    ]);
  });

  test('gives a record 3 minutes to come', () => {
    const books = order({ recorded: 'never' });
    expect(lost(books, { ...KEPT, now: OPENS + 3 * MINUTE })).toBe(true);
    expect(lost(books, { ...KEPT, now: OPENS + 3 * MINUTE + 1 })).not.toBe(true);
  });

  test('gives a record 3 minutes to follow its claim', () => {
    const books = order({ state: 'PAID', recorded: { state: 'RESERVED' } });
    expect(lost(books, { ...KEPT, now: OPENS + 3 * MINUTE })).toBe(true);
    expect(lost(books, { ...KEPT, now: OPENS + 3 * MINUTE + 1 })).toEqual([
      { id, what: 'is PAID, and its record says RESERVED' },
    ]);
  });

  test('wants no record of an attempt that was never acknowledged', () => {
    expect(lost(order({ state: 'PENDING' }), KEPT)).toBe(true);
    const { reservedAt, ...claim } = claimFor({ buyer: 1, state: 'RELEASED', reason: 'sold-out' });
    const books = order({ state: 'RELEASED', recorded: 'never' });
    expect(lost({ ...books, claims: books.claims.map((one) => ({ ...one, claim })) }, KEPT)).toBe(
      true,
    );
  });

  test('finds a release for no reason, in the claim and in the record', () => {
    const without = <T extends object>(from: T) => {
      const { reason, ...rest } = from as T & { reason?: string };
      return rest as T;
    };
    const books = order({ state: 'RELEASED' });
    const claims = books.claims.map((one) => ({ ...one, claim: without(one.claim) }));
    expect(lost({ ...books, claims }, KEPT)).toEqual([{ id, what: 'is RELEASED for no reason' }]);
    expect(lost({ ...books, records: books.records.map(without) }, KEPT)).toEqual([
      { id, what: 'is released in its record for no reason' },
    ]);
    const halfWay = order({ state: 'RELEASING', changedAt: NOW });
    expect(lost({ ...halfWay, claims }, KEPT)).not.toBe(true);
    expect(lost(halfWay, KEPT)).toBe(true);
  });

  test('finds a reserved order with no end to its payment window', () => {
    const { payBy, ...claim } = claimFor({ buyer: 1 });
    const books = order();
    expect(
      lost({ ...books, claims: books.claims.map((one) => ({ ...one, claim })) }, KEPT),
    ).toEqual([{ id, what: 'is RESERVED with no end to its payment window' }]);
  });

  test('finds another amount in the record, before any time has passed', () => {
    const recorded = { price: 800, amount: 800 };
    expect(lost(order({ recorded }), { ...KEPT, now: OPENS })).toEqual([
      { id, what: 'has price 900, and its record says 800' },
    ]);
    expect(lost(order({ recorded: { currency: 'USD' } }), { ...KEPT, now: OPENS })).toEqual([
      { id, what: 'has currency EUR, and its record says USD' },
    ]);
  });

  test('finds a record whose amount is not what its units cost', () => {
    const recorded = { amount: 901 };
    expect(lost(order({ claimIs: 'erased', recorded }), KEPT)).toEqual([
      { id, what: 'costs 901 in its record, and is for 1 at 900' },
    ]);
  });

  test('gives the record of an earlier attempt 3 minutes to be released', () => {
    const again = { buyer: 1, attempt: 2, claimedAt: OPENS + MINUTE, recorded: {} };
    const books = (state: 'RESERVED' | 'PAID' | 'RELEASED') =>
      booksFor([2], [{ buyer: 1, claimIs: 'erased', state, stands: 'nowhere' }, again]);
    const due = OPENS + 4 * MINUTE;
    expect(lost(books('RESERVED'), { ...KEPT, now: due })).toBe(true);
    for (const state of ['RESERVED', 'PAID'] as const) {
      expect(lost(books(state), { ...KEPT, now: due + 1 })).toEqual([
        { id, what: `is ${state} in its record, and its claim has moved on to another attempt` },
      ]);
    }
    expect(lost(books('RELEASED'), { ...KEPT, now: due + 1 })).toBe(true);
  });

  test('finds an order that is neither paid nor released 3 minutes after window and grace', () => {
    const due = PAY_BY + 4 * MINUTE;
    expect(lost(order(), { ...KEPT, now: due })).toBe(true);
    expect(lost(order(), { ...KEPT, now: due + 1 })).toEqual([
      { id, what: 'is neither paid nor released 240 s after its payment window' },
    ]);
    expect(lost(order({ state: 'PAID' }), { ...KEPT, now: due + 1 })).toBe(true);
  });

  test('observes an order without end and record, and judges it only where somebody was told of it', () => {
    const books = booksFor([], [{ buyer: 1, shards: 0, recorded: 'never' }]);
    const item = { units: 'unlimited' } as const;
    const seen = verdictOf(books, { ...KEPT, item });
    expect(seen.promises['nothing-lost']).toBe(true);
    expect(seen.observations).toContainEqual({
      id,
      what: 'is RESERVED without an order record: its buy stopped before anybody was told',
    });
    const told = [{ shopper: 'one', sku: 'mug', quantity: 1, at: OPENS, status: 201, orderId: id }];
    expect(lost(books, { answers: told, item })).toEqual([
      { id, what: 'was acknowledged, and has no order record' },
    ]);
  });

  test('misses the record of an order without end that was paid', () => {
    const spec = { buyer: 1, shards: 0, state: 'PAID', recorded: 'never' } as const;
    const item = { units: 'unlimited' } as const;
    expect(lost(booksFor([], [spec]), { ...KEPT, item })).toEqual([
      { id, what: 'is PAID and has no order record' },
    ]);
  });

  test('takes an unpaid order of an item without end for over by itself', () => {
    const books = booksFor([], [{ buyer: 1, shards: 0 }]);
    const item = { units: 'unlimited' } as const;
    expect(lost(books, { ...KEPT, item, now: PAY_BY + 1000 * MINUTE })).toBe(true);
  });
});
