import { describe, expect, test } from '@jest/globals';
import { peakWith, rateOf } from '../../domain/rates.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const HOUR_MS = 3_600_000;

/** A sale whose slots are spread over ten seconds, tickets living ten more. */
const slotted = (id: string, perSecond: number, changes: Partial<PublishedSale> = {}) =>
  aPublishedSale({
    id,
    admission: { expectedShoppers: perSecond * 10, perSecond, difficulty: 0, ticketSeconds: 10 },
    ...changes,
  });

const served = (id: string, perSecond: number, changes: Partial<PublishedSale> = {}) =>
  aPublishedSale({
    id,
    admission: { expectedShoppers: 0, perSecond, difficulty: 0, ticketSeconds: 10 },
    ...changes,
  });

const opening = (opensAt: number) => ({ opensAt, closesAt: opensAt + HOUR_MS });

describe('rateOf()', () => {
  test('counts a sale with slots until the last ticket has ended', () => {
    expect(rateOf(slotted('a', 300))).toEqual({
      ...{ saleId: 'a', perSecond: 300, from: OPENS_AT, until: OPENS_AT + 20_000 },
    });
  });

  test('counts it from where a resume has put its slots, and never beyond its closing', () => {
    const slotsFrom = OPENS_AT + 60_000;
    const closesAt = slotsFrom + 15_000;
    expect(rateOf(slotted('a', 300, { slotsFrom, closesAt }))).toMatchObject({
      ...{ from: slotsFrom, until: closesAt },
    });
  });

  test('counts a sale without slots from its opening to its closing', () => {
    expect(rateOf(served('a', 300))).toMatchObject({ from: OPENS_AT, until: OPENS_AT + HOUR_MS });
  });
});

describe('peakWith()', () => {
  test('is the sale alone where nothing overlaps it', () => {
    const sale = slotted('a', 300);
    const later = slotted('b', 500, opening(OPENS_AT + 20_000));
    const earlier = slotted('c', 500, opening(OPENS_AT - 20_000));
    const ended = slotted('d', 500, { closed: true });
    expect(peakWith(sale, [later, earlier, ended, sale])).toEqual({
      ...{ at: OPENS_AT, perSecond: 300, rates: [rateOf(sale)] },
    });
  });

  test('adds a sale that begins a millisecond before it is through', () => {
    const sale = slotted('a', 300);
    const other = slotted('b', 500, opening(OPENS_AT + 19_999));
    expect(peakWith(sale, [other])).toEqual({
      ...{ at: OPENS_AT + 19_999, perSecond: 800, rates: [rateOf(sale), rateOf(other)] },
    });
  });

  test('adds only those that are let through at one instant', () => {
    const sale = served('a', 100);
    const first = slotted('b', 500, opening(OPENS_AT + 60_000));
    const second = slotted('c', 600, opening(OPENS_AT + 90_000));
    const before = served('d', 50, opening(OPENS_AT - 60_000));
    expect(peakWith(sale, [first, second, before])).toMatchObject({
      ...{ at: OPENS_AT + 90_000, perSecond: 750 },
    });
  });

  test('names the first of two instants that are alike', () => {
    const sale = served('a', 100);
    const late = slotted('b', 500, opening(OPENS_AT + 90_000));
    const soon = slotted('c', 500, opening(OPENS_AT + 60_000));
    expect(peakWith(sale, [late, soon])).toMatchObject({ at: OPENS_AT + 60_000, perSecond: 600 });
  });
});
