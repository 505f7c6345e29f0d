import { describe, expect, test } from '@jest/globals';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { ItemBooks } from '../../domain/audit-books.ts';
import {
  answerFor,
  booksFor,
  holderFor,
  MINUTE,
  OPENS,
  type OrderSpec,
  SECOND,
  verdictOf,
} from './audit-builders.ts';

type Over = Parameters<typeof verdictOf>[1];

const told = (books: ItemBooks, answers: Partial<ShopperAnswer>[], over: Over = {}) =>
  verdictOf(books, { answers: answers.map(answerFor), ...over });

const sold = (books: ItemBooks, answers: Partial<ShopperAnswer>[], over: Over = {}) =>
  told(books, answers, over).promises['exact-sell-through'];

const soldOut = (over: Partial<ShopperAnswer> = {}) => ({ code: 'sold-out', ...over });
const RELEASED_AT = OPENS + MINUTE;
const released: OrderSpec = { buyer: 1, state: 'RELEASED', changedAt: RELEASED_AT };
const grants = (units: number) => [{ at: OPENS - MINUTE, units }];

describe('unsold()', () => {
  test('is not judged without answers', () => {
    expect(verdictOf(booksFor([1])).promises['exact-sell-through']).toBe('not-judged');
  });

  test('lets "sold out" be said while every unit is taken', () => {
    expect(sold(booksFor([2], [{ buyer: 1 }, { buyer: 2, state: 'PAID' }]), [soldOut()])).toBe(
      true,
    );
  });

  test('finds "sold out" while a unit was free all the time', () => {
    const at = OPENS + MINUTE;
    expect(sold(booksFor([2], [{ buyer: 1 }]), [soldOut({ at })])).toEqual([
      { id: 'ada', what: `was told sold-out at ${at}, when 1 units had been free for 3000 ms` },
    ]);
  });

  test('lets "sold out" be said for 3 seconds after a release, and 3 minutes when something crashed', () => {
    const books = booksFor([1], [released]);
    const late = (ms: number) => [soldOut({ at: RELEASED_AT + ms })];
    expect(sold(books, late(3 * SECOND - 1))).toBe(true);
    expect(sold(books, late(3 * SECOND))).not.toBe(true);
    expect(sold(books, late(3 * MINUTE - 1), { crashed: true })).toBe(true);
    expect(sold(books, late(3 * MINUTE), { crashed: true })).not.toBe(true);
  });

  test('judges by the instant of the question, for nobody knows when the answer was decided', () => {
    const books = booksFor([1], [released]);
    const asked = (ms: number) => [
      soldOut({ askedAt: RELEASED_AT + ms, at: RELEASED_AT + 10 * SECOND }),
    ];
    expect(sold(books, asked(3 * SECOND - 1))).toBe(true);
    expect(sold(books, asked(3 * SECOND))).not.toBe(true);
  });

  test('lets "sold out" be said of a unit that is taken again meanwhile', () => {
    const claimedAt = RELEASED_AT + 2 * SECOND;
    const books = booksFor([1], [released, { buyer: 2, claimedAt }]);
    expect(sold(books, [soldOut({ at: RELEASED_AT + 4 * SECOND })])).toBe(true);
  });

  test('knows from records when units were taken before the claim moved on', () => {
    const again = { buyer: 1, attempt: 2, claimedAt: OPENS + 2 * MINUTE };
    const old = { ...released, claimIs: 'erased' } as const;
    const books = booksFor([1], [old, again]);
    expect(sold(books, [soldOut({ at: RELEASED_AT - SECOND })])).toBe(true);
    expect(sold(books, [soldOut({ at: RELEASED_AT + 10 * SECOND })])).not.toBe(true);
  });

  test('takes a record that never was released for taken until its claim moved on', () => {
    const recorded = { state: 'RESERVED' as const };
    const old = { buyer: 1, claimIs: 'erased', recorded, stands: 'nowhere' } as const;
    const again = { buyer: 1, attempt: 2, claimedAt: OPENS + 2 * MINUTE };
    const answers = [soldOut({ at: OPENS + MINUTE })];
    expect(sold(booksFor([1], [old, again]), answers)).toBe(true);
    expect(sold(booksFor([1], [old]), answers)).toBe(true);
    expect(sold(booksFor([1], [{ ...old, recorded: { state: 'PAID' } }]), answers)).toBe(true);
  });

  test('counts a pending hold as taken, a pending claim without one as nothing', () => {
    const pending: OrderSpec = { buyer: 1, state: 'PENDING' };
    expect(sold(booksFor([1], [pending]), [soldOut()])).toBe(true);
    expect(sold(booksFor([1], [{ ...pending, stands: 'nowhere' }]), [soldOut()])).not.toBe(true);
  });

  test('counts a hold that no claim stands for as taken', () => {
    expect(
      sold(booksFor([1], [{ buyer: 1, claimIs: 'erased', recorded: 'never' }]), [soldOut()]),
    ).toBe(true);
    const books = booksFor([1]);
    const shards = [{ index: 0, shard: { cap: 1, avail: 1, held: new Set(['nonsense']) } }];
    expect(sold({ ...books, shards }, [soldOut()])).not.toBe(true);
  });

  test('counts an attempt that found nothing as nothing', () => {
    const none: OrderSpec = { ...released, reason: 'sold-out', changedAt: OPENS + 4 * MINUTE };
    expect(sold(booksFor([1], [none]), [soldOut()])).not.toBe(true);
  });

  test('knows when units came', () => {
    const books = booksFor([1, 1], [{ buyer: 1 }], {
      grants: [{ at: RELEASED_AT, units: 1 }, ...grants(1)],
    });
    expect(sold(books, [soldOut({ at: RELEASED_AT + 2 * SECOND })])).toBe(true);
    expect(sold(books, [soldOut({ at: RELEASED_AT + 3 * SECOND })])).not.toBe(true);
  });

  test('counts no units before the first came', () => {
    const books = booksFor([1], [], { grants: [{ at: RELEASED_AT, units: 1 }] });
    expect(sold(books, [soldOut({ at: OPENS })])).toBe(true);
  });

  test('does not count units that were granted and have not come', () => {
    const books = booksFor([1], [{ buyer: 1 }], {
      grants: [...grants(1), { at: OPENS, units: 9 }],
    });
    expect(sold(books, [soldOut()])).toBe(true);
  });

  test('lets a larger quantity be unavailable where the largest that is said fits', () => {
    const answer = { code: 'quantity-unavailable', quantity: 3 };
    expect(sold(booksFor([2, 2]), [{ ...answer, largest: 2 }])).toBe(true);
    expect(sold(booksFor([2, 2]), [answer])).toBe(true);
  });

  test('finds a largest quantity that is no smaller than what was refused', () => {
    expect(
      sold(booksFor([3]), [{ code: 'quantity-unavailable', quantity: 3, largest: 3 }]),
    ).toEqual([{ id: 'ada', what: 'was refused 3 units, and told that 3 are available' }]);
  });

  test('finds a largest quantity that cannot have been the largest', () => {
    const at = OPENS + MINUTE;
    const answer = { code: 'quantity-unavailable', quantity: 3, largest: 1, at };
    const one = { buyer: 1 };
    expect(sold(booksFor([2, 2], [one, { buyer: 2 }]), [answer])).toBe(true);
    expect(sold(booksFor([2, 2], [one]), [answer])).toEqual([
      {
        id: 'ada',
        what: `was told at ${at} that at most 1 are available, when 3 were free in 2 shards`,
      },
    ]);
  });

  test('finds whoever gave up on "busy" while a unit stayed free to the end', () => {
    const books = booksFor([1]);
    for (const code of ['busy', 'too-many-requests', 'unavailable']) {
      expect(sold(books, [{ code, status: 503 }])).toEqual([
        { id: 'ada', what: `gave up on ${code}, and 1 units stayed free to the end` },
      ]);
    }
    expect(sold(books, [{ code: 'closed', status: 410 }])).toBe(true);
  });

  test('lets a shopper give up where the unit was taken then, or is taken in the end', () => {
    const busy = { code: 'busy', at: RELEASED_AT + 2 * SECOND };
    expect(sold(booksFor([1], [released]), [busy])).toBe(true);
    const taken = { buyer: 2, claimedAt: OPENS + 4 * MINUTE };
    expect(sold(booksFor([1], [taken]), [busy])).toBe(true);
  });

  test('looks at the last answer of each shopper', () => {
    const at = OPENS + MINUTE;
    const books = booksFor([1]);
    const later = { code: 'closed', status: 410, at: at + SECOND };
    expect(sold(books, [later, { code: 'busy', at }])).toBe(true);
    expect(sold(books, [later, { code: 'busy', at: at + 2 * SECOND }])).not.toBe(true);
  });

  test('does not take a click beside the one that was granted for giving up', () => {
    const books = booksFor([2], [{ buyer: 1 }]);
    const orderId = `spring.mug.${holderFor({ buyer: 1 })}`;
    const granted = { orderId, at: OPENS + SECOND };
    const busy = { code: 'busy', at: OPENS + 2 * SECOND };
    const more = { shopper: 'bob' };
    const judge = (askedAt: number) =>
      sold(books, [granted, { ...busy, askedAt }, { ...more, code: 'closed' }]);
    expect(judge(OPENS + SECOND)).toBe(true);
    expect(judge(OPENS + SECOND + 1)).not.toBe(true);
  });

  test('only observes it where the crowd wants fewer single units than there are', () => {
    const verdict = told(booksFor([2]), [
      { code: 'busy' },
      { code: 'busy', quantity: 2, shopper: 'bob' },
    ]);
    expect(verdict.promises['exact-sell-through']).toBe(true);
    expect(verdict.observations).toHaveLength(2);
  });

  test('finds every refusal for want of stock where stock is unlimited', () => {
    const item = { units: 'unlimited' } as const;
    expect(sold(booksFor([]), [soldOut()], { item })).toEqual([
      { id: 'ada', what: 'was told sold-out of an item without end' },
    ]);
    expect(sold(booksFor([]), [{ code: 'quantity-unavailable' }], { item })).not.toBe(true);
    expect(sold(booksFor([]), [{ code: 'busy' }], { item })).toBe(true);
  });

  test('leaves answers about other items alone', () => {
    expect(sold(booksFor([1]), [soldOut({ sku: 'cup' })])).toBe(true);
  });
});
