import { describe, expect, test } from '@jest/globals';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  aShard,
  booksFor,
  holderFor,
  idFor,
  MINUTE,
  OPENS,
  type OrderSpec,
  PAY_BY,
  verdictOf,
} from './audit-builders.ts';

const leak = (books: ItemBooks, now: number) => verdictOf(books, { now }).promises['no-leak'];

const DEAD_LINE = 3 * MINUTE;
const orderIn = (spec: Partial<OrderSpec>) =>
  booksFor([2], [{ buyer: 1, stands: 'held', ...spec }]);

/** Each dead hold is let be for exactly 3 minutes. */
const boundary = (books: ItemBooks, since: number, why: string, id = idFor({ buyer: 1 })) => {
  expect(leak(books, since + DEAD_LINE)).toBe(true);
  expect(leak(books, since + DEAD_LINE + 1)).toEqual([
    { id, what: `is held in shard 0 for nobody for 180 s: ${why}` },
  ]);
};

describe('leaks()', () => {
  test('finds a holder whose claim is missing', () => {
    boundary(orderIn({ claimIs: 'erased' }), OPENS, 'its claim is missing');
  });

  test('finds a holder whose claim went on to another attempt', () => {
    const again = { buyer: 1, attempt: 2, claimedAt: OPENS + MINUTE };
    const books = booksFor([2], [{ buyer: 1, claimIs: 'erased' }, again]);
    boundary(books, OPENS + MINUTE, 'its claim has moved on to another attempt');
  });

  test('finds a holder in another shard than its claim', () => {
    const holder = holderFor({ buyer: 1 });
    const shards = [0, 1].map((index) => ({ index, shard: aShard(1, 0, [holder]) }));
    const books = booksFor([1, 1], [{ buyer: 1, shard: 1 }], { shards });
    boundary(books, OPENS, 'its claim stands at shard 1');
  });

  test('finds a holder whose claim is released, or being released', () => {
    boundary(orderIn({ state: 'RELEASED' }), OPENS, 'its claim is RELEASED');
    boundary(orderIn({ state: 'RELEASING' }), OPENS, 'its claim is RELEASING');
  });

  test('finds a holder whose claim is pending past its lease', () => {
    const books = orderIn({ state: 'PENDING', leaseAt: OPENS + MINUTE });
    boundary(books, OPENS + MINUTE, 'its claim is PENDING past its lease');
  });

  test('finds a holder whose claim is reserved past its window and the grace after it', () => {
    boundary(orderIn({}), PAY_BY + MINUTE, 'its claim is RESERVED past its payment window');
  });

  test('finds a holder that cannot be read', () => {
    const shards = [{ index: 0, shard: aShard(1, 1, ['nonsense']) }];
    expect(leak(booksFor([1], [], { shards }), OPENS)).toMatchObject([
      { id: 'spring.mug.nonsense' },
    ]);
  });

  test('lets a paid holder stand for ever', () => {
    expect(leak(orderIn({ state: 'PAID' }), OPENS + 1000 * MINUTE)).toBe(true);
  });

  test('lets an order without an end be: it is lost, not leaked', () => {
    const { claims, ...books } = orderIn({});
    const endless = claims.map(({ claim: { payBy, ...claim }, ...key }) => ({ ...key, claim }));
    expect(leak({ ...books, claims: endless }, OPENS + 1000 * MINUTE)).toBe(true);
  });

  test('finds units that are gone, and none that are too many', () => {
    const shards = (avail: number) => [{ index: 0, shard: aShard(3, avail) }];
    expect(leak(booksFor([3], [], { shards: shards(1) }), OPENS)).toEqual([
      { id: 'STOCK#spring#mug#0', what: '2 of 3 units are neither for sale nor held' },
    ]);
    expect(leak(booksFor([3], [], { shards: shards(4) }), OPENS)).toBe(true);
  });
});
