import { describe, expect, test } from '@jest/globals';
import { type AuditInput, audit, isBroken, PROMISES } from '../../domain/audit.ts';
import {
  anItem,
  answerFor,
  aSale,
  aStatus,
  booksFor,
  KEY,
  NOW,
  OPENS,
  type OrderSpec,
  PAY_BY,
  verdictOf,
} from './audit-builders.ts';

const counts = (caps: number[], orders: OrderSpec[], over: Parameters<typeof verdictOf>[1] = {}) =>
  verdictOf(booksFor(caps, orders), over).items[0];

describe('audit()', () => {
  test('judges the first three promises from the tables alone', () => {
    expect(verdictOf(booksFor([2], [{ buyer: 1 }])).promises).toEqual({
      'no-oversell': true,
      'no-duplicate': true,
      'no-leak': true,
      'nothing-lost': 'not-judged',
      'exact-sell-through': 'not-judged',
    });
  });

  test('judges all five with the answers', () => {
    const { promises } = verdictOf(booksFor([2], [{ buyer: 1 }]), { answers: [] });
    expect(PROMISES.every((name) => promises[name] === true)).toBe(true);
  });

  test('judges each item of a sale by its own books', () => {
    const sale = { ...aSale(), items: [anItem(), anItem({ sku: 'cup' })] };
    const cup = { ...booksFor([1]), sku: 'cup' };
    const answers = [answerFor({ code: 'sold-out', sku: 'cup' })];
    const verdict = audit({ sale, now: NOW, items: [cup, booksFor([0])], answers });
    expect(verdict.items.map(({ sku, avail }) => [sku, avail])).toEqual([
      ['mug', 0],
      ['cup', 1],
    ]);
    expect(verdict.promises['exact-sell-through']).toHaveLength(1);
  });

  test('observes that an item was never published', () => {
    const input: AuditInput = { sale: aSale(), now: NOW, items: [] };
    expect(audit(input).observations).toEqual([
      { id: 'STATUS#spring#mug', what: 'is missing: the item was never published' },
    ]);
  });
});

describe('isBroken()', () => {
  test('says so when one promise has a finding, and not when one is not judged', () => {
    expect(isBroken(verdictOf(booksFor([2])))).toBe(false);
    expect(isBroken(verdictOf(booksFor([2], [{ buyer: 1, recorded: 'never' }])))).toBe(true);
  });
});

describe('countsOf()', () => {
  test('counts units by where they are, and released orders by reason', () => {
    const orders: OrderSpec[] = [
      { buyer: 1, quantity: 2 },
      { buyer: 2, state: 'PAID', stands: 'held' },
      { buyer: 3, state: 'PAID', quantity: 3 },
      { buyer: 4, state: 'RELEASED', quantity: 2 },
      { buyer: 5, state: 'RELEASED', reason: 'cancelled' },
      { buyer: 6, state: 'RELEASED', claimIs: 'erased' },
      { buyer: 7, state: 'PAID', claimIs: 'erased' },
    ];
    expect(counts([20], orders)).toEqual({
      sku: KEY.sku,
      cap: 20,
      avail: 13,
      held: 3,
      settled: 4,
      paid: 5,
      open: 2,
      released: { expired: 2, cancelled: 1 },
    });
  });

  test('does not count a release that says no reason', () => {
    const recorded = { state: 'RELEASED' } as const;
    expect(
      counts([1], [{ buyer: 1, claimIs: 'erased', stands: 'nowhere', recorded }])?.released,
    ).toEqual({});
  });

  test('takes an unpaid order of an item without end for open until its window is over', () => {
    const orders = [{ buyer: 1, shards: 0 }];
    const item = { units: 'unlimited' } as const;
    expect(counts([], orders, { item, now: PAY_BY })?.open).toBe(1);
    expect(counts([], orders, { item, now: PAY_BY + 1 })?.open).toBe(0);
  });
});

describe('oddities()', () => {
  const odd = (...args: Parameters<typeof booksFor>) => verdictOf(booksFor(...args)).observations;

  test('finds nothing odd in ordinary books', () => {
    expect(odd([2], [{ buyer: 1 }], { grants: [{ at: OPENS, units: 2 }] })).toEqual([]);
  });

  test('observes a restock that has not come', () => {
    expect(
      odd([2], [], {
        grants: [
          { at: OPENS, units: 2 },
          { at: NOW, units: 5 },
        ],
      }),
    ).toEqual([{ id: 'STATUS#spring#mug', what: '7 units were granted, and 2 have come' }]);
  });

  test('observes that an item is said to be sold out and is not', () => {
    const status = aStatus([1], { soldOut: true });
    expect(odd([1], [], { status })).toEqual([
      { id: 'STATUS#spring#mug', what: 'says that the item is sold out, and 1 units are for sale' },
    ]);
    expect(odd([1], [{ buyer: 1 }], { status })).toEqual([]);
  });

  test('observes a record with an order id that leads nowhere', () => {
    const recorded = { orderId: 'nonsense' };
    expect(odd([1], [{ buyer: 1, recorded }])).toEqual([
      { id: 'nonsense', what: 'is the order id of a record, and is no order id' },
    ]);
  });
});
