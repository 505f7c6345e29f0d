import { describe, expect, test } from '@jest/globals';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  aShard,
  aStatus,
  booksFor,
  buyerKey,
  claimFor,
  holderFor,
  idFor,
  NOW,
  OPENS,
  SECOND,
  verdictOf,
} from './audit-builders.ts';

const oversell = (books: ItemBooks, over: Parameters<typeof verdictOf>[1] = {}) =>
  verdictOf(books, over).promises['no-oversell'];

const SHARD = 'STOCK#spring#mug#0';
const STATUS = 'STATUS#spring#mug';

describe('oversold()', () => {
  test('finds nothing where held, sold and released orders add up', () => {
    const books = booksFor(
      [2, 1],
      [
        { buyer: 1 },
        { buyer: 2, state: 'PAID', shard: 1 },
        { buyer: 3, state: 'RELEASED' },
        { buyer: 4, state: 'RELEASING' },
      ],
    );
    expect(oversell(books)).toBe(true);
  });

  test('finds a shard with fewer than no units', () => {
    const books = booksFor([1], [{ buyer: 1 }, { buyer: 2 }]);
    expect(oversell(books)).toContainEqual({ id: SHARD, what: 'has -1 units available' });
  });

  test('finds a shard with none left to be in order', () => {
    expect(oversell(booksFor([2], [{ buyer: 1 }, { buyer: 2 }]))).toBe(true);
  });

  test('finds a shard that has grown', () => {
    const books = booksFor([2], [{ buyer: 1 }], {
      shards: [{ index: 0, shard: aShard(2, 2, [holderFor({ buyer: 1 })]) }],
    });
    expect(oversell(books)).toEqual([
      { id: SHARD, what: 'available, held and sold units are 3, not 2' },
    ]);
  });

  test('counts a holder that cannot be read as no unit', () => {
    const shards = [{ index: 0, shard: aShard(2, 1, ['nonsense']) }];
    expect(oversell(booksFor([2], [], { shards }))).toEqual([
      { id: SHARD, what: 'available, held and sold units are 1, not 2' },
    ]);
  });

  test('counts quantities, not orders', () => {
    expect(oversell(booksFor([3], [{ buyer: 1, quantity: 3 }]))).toBe(true);
  });

  test('finds a status that says another number of units than the shards', () => {
    const books = booksFor([2, 2], [], { status: aStatus([2, 2], { cap: 5 }) });
    expect(oversell(books)).toEqual([
      { id: STATUS, what: 'says that there are 5 units, and the shards have 4' },
    ]);
  });

  test('finds more orders than units, whatever the shards say', () => {
    const orders = [{ buyer: 1 }, { buyer: 2, stands: 'nowhere' as const }];
    expect(oversell(booksFor([1], orders))).toEqual([
      { id: STATUS, what: 'orders have 2 units of 1' },
      {
        id: idFor({ buyer: 2 }),
        what: 'is RESERVED, and does not stand in the held units of shard 0',
      },
    ]);
  });

  test('counts a release that stopped half way as long as its units are not back', () => {
    const paid = { buyer: 1, state: 'PAID' } as const;
    const halfWay = { buyer: 2, state: 'RELEASING' } as const;
    expect(oversell(booksFor([1], [paid, { ...halfWay, stands: 'nowhere' }]))).toBe(true);
    expect(oversell(booksFor([1], [paid, halfWay]))).toContainEqual({
      id: STATUS,
      what: 'orders have 2 units of 1',
    });
  });

  test('finds an order that stands in another shard than its claim says', () => {
    const books = booksFor([1, 1], [], {
      shards: [
        { index: 0, shard: aShard(1, 0, [holderFor({ buyer: 1 })]) },
        { index: 1, shard: aShard(1, 1) },
      ],
      claims: [{ buyerKey: buyerKey(1), n: 0, claim: claimFor({ buyer: 1, shard: 1 }) }],
    });
    expect(oversell(books)).toEqual([
      {
        id: idFor({ buyer: 1 }),
        what: 'is RESERVED, and does not stand in the held units of shard 1',
      },
    ]);
  });

  test('lets a paid order stand in held or in sold, a reserved one in held alone', () => {
    const paid = { buyer: 1, state: 'PAID' } as const;
    expect(oversell(booksFor([1], [{ ...paid, stands: 'held' }]))).toBe(true);
    expect(oversell(booksFor([1], [{ ...paid, stands: 'sold' }]))).toBe(true);
    const what = 'is sold, and its claim is RESERVED';
    const id = idFor({ buyer: 1 });
    expect(oversell(booksFor([1], [{ buyer: 1, stands: 'sold' }]))).toContainEqual({ id, what });
  });

  test('finds a holder for another quantity than its claim', () => {
    const books = booksFor([2], [{ buyer: 1 }], {
      claims: [
        {
          buyerKey: buyerKey(1),
          n: 0,
          claim: { ...claimFor({ buyer: 1 }), quantity: 2, amount: 1800 },
        },
      ],
    });
    expect(oversell(books)).toEqual([
      { id: idFor({ buyer: 1 }), what: 'holds 1 units where its claim says 2' },
    ]);
  });

  test('finds units that are sold twice in one shard and in two', () => {
    const holder = holderFor({ buyer: 1 });
    const orders = [{ buyer: 1, state: 'PAID' as const }];
    const id = idFor({ buyer: 1 });
    const inOne = booksFor([2], orders, {
      shards: [{ index: 0, shard: aShard(2, 0, [holder], [holder]) }],
    });
    expect(oversell(inOne)).toEqual([
      { id, what: 'takes its units twice: held in shard 0, sold in shard 0' },
    ]);
    const inTwo = booksFor([1, 1], orders, {
      shards: [0, 1].map((index) => ({ index, shard: aShard(1, 0, [], [holder]) })),
    });
    expect(oversell(inTwo)).toEqual([
      { id, what: 'takes its units twice: sold in shard 0, sold in shard 1' },
    ]);
  });

  test('lets a hold of a stopped twin in another shard be: that is for the leaks', () => {
    const holder = holderFor({ buyer: 1 });
    const books = booksFor([1, 1], [{ buyer: 1, state: 'PAID' }], {
      shards: [
        { index: 0, shard: aShard(1, 0, [], [holder]) },
        { index: 1, shard: aShard(1, 0, [holder]) },
      ],
    });
    expect(oversell(books)).toBe(true);
  });

  test('finds a sold order without a claim, unless it was recorded as paid before it was erased', () => {
    const erased = { buyer: 1, state: 'PAID', claimIs: 'erased' } as const;
    expect(oversell(booksFor([1], [erased]))).toBe(true);
    expect(oversell(booksFor([1], [{ ...erased, recorded: 'never' }]))).toEqual([
      { id: idFor(erased), what: 'is sold, and its claim is missing' },
    ]);
  });

  test('finds a sold order whose claim went on to another attempt', () => {
    const books = booksFor(
      [2],
      [
        { buyer: 1, state: 'PAID', claimIs: 'erased', recorded: 'never' },
        { buyer: 1, attempt: 2 },
      ],
    );
    expect(oversell(books)).toEqual([
      { id: idFor({ buyer: 1 }), what: 'is sold, and its claim is RESERVED for another attempt' },
    ]);
  });

  test('leaves out what is younger than a request may live, while a sale runs', () => {
    const young = { buyer: 1, changedAt: NOW - 5 * SECOND, stands: 'nowhere' } as const;
    const books = booksFor([1], [young]);
    expect(oversell(books, { inFlightMs: 5 * SECOND })).not.toBe(true);
    expect(oversell(books, { inFlightMs: 5 * SECOND + 1 })).toBe(true);
  });

  test('has nothing to count where stock is unlimited', () => {
    const books = booksFor([], [{ buyer: 1, shards: 0 }]);
    expect(oversell(books, { item: { units: 'unlimited' } })).toBe(true);
  });

  test('finds orders of an item that has no shards and is not unlimited', () => {
    const books = booksFor([], [{ buyer: 1, claimedAt: OPENS }], { status: undefined });
    expect(oversell(books)).toContainEqual({ id: STATUS, what: 'orders have 1 units of 0' });
  });
});
