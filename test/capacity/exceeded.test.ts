import { describe, expect, test } from '@jest/globals';
import { exceededIn } from '../../capacity/exceeded.ts';
import { ledger, type Refuser } from '../../capacity/refusals.ts';

const NOBODY = { waiting: 0, comingAgain: 0, ordered: 0, toldSoldOut: 0, gaveUp: 0 };

/** A course in whose seconds limits turned so many away. */
function courseOf(...seconds: readonly Partial<Record<Refuser, number>>[]) {
  const { note, take } = ledger();
  const refused = seconds.map((second) => {
    for (const [limit, count] of Object.entries(second)) note(limit as Refuser, count);
    return take();
  });
  return { seconds: [], refused, people: NOBODY };
}

describe('exceededIn()', () => {
  test('has the first first, with what it refused then, at most, and in all', () => {
    const course = courseOf({ warmWrites: 5 }, { buyRate: 7, warmWrites: 9 }, { buyRate: 2 });
    expect(exceededIn(course)).toEqual([
      { limit: 'warmWrites', second: 1, first: 5, most: 9, total: 14 },
      { limit: 'buyRate', second: 2, first: 7, most: 7, total: 9 },
    ]);
  });

  test('has, of those that begin in one second, the one that a request meets first', () => {
    const course = courseOf({ tableWrites: 3, apiRate: 3, edgeRequests: 3, partitionReads: 3 });
    const order = exceededIn(course).map(({ limit }) => limit);
    expect(order).toEqual(['edgeRequests', 'apiRate', 'partitionReads', 'tableWrites']);
  });

  test('counts a request in a second, and nothing less', () => {
    expect(exceededIn(courseOf({ buyRate: 1 }))).toHaveLength(1);
    expect(exceededIn(courseOf({ buyRate: 0.99 }, { buyRate: 0.99 }))).toEqual([]);
  });
});
