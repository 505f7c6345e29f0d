import { describe, expect, test } from '@jest/globals';
import { seconds, type TickRow } from '../../capacity/second.ts';
import { TICKS_PER_SECOND } from '../../capacity/tick.ts';

/** A different number for each field, so that none can be added to another. */
const row: TickRow = {
  notYourTurn: 1,
  throttledEdge: 2,
  throttledApi: 3,
  throttledLambda: 4,
  throttledTable: 5,
  busy: 6,
  soldOut: 7,
  sold: 8,
  retries: 9,
  fresh: 21,
  comeAgain: 22,
  edgeRequests: 10,
  apiRequests: 11,
  runs: 12,
  busySeconds: 13,
  paid: 14,
  released: 15,
  gaveUp: 16,
  latencyMs: 26,
  cold: 23,
  writes: 18,
  environments: 19,
  queue: 20,
};

describe('seconds()', () => {
  test('adds up ten ticks, keeps the last of what is a state, and derives the rest', () => {
    const course = seconds();
    for (let tick = 0; tick < TICKS_PER_SECOND; tick++) course.add(row);
    const tenfold = Object.fromEntries(Object.entries(row).map(([name, n]) => [name, 10 * n]));
    expect(course.all()).toEqual([
      {
        ...tenfold,
        environments: 19,
        queue: 20,
        clicks: 360,
        // All but those whose turn it was not, and those whom CloudFront refused.
        admitted: 330,
        // For each of those whom a function answered: 5 + 6 + 7 + 8 in a tick.
        latencyMs: 1,
      },
    ]);
  });

  test('has a last second that is not full', () => {
    const course = seconds();
    for (let tick = 0; tick < TICKS_PER_SECOND + 1; tick++) course.add(row);
    expect(course.all().map(({ clicks }) => clicks)).toEqual([360, 36]);
  });
});
