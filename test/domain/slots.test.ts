import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LOTS, slotBase, slotOf, slotWidthMs } from '../../domain/slots.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const lots = fc.nat({ max: LOTS - 1 });
const widths = fc.nat({ max: 100_000_000_000 });

describe('slotWidthMs()', () => {
  test('is the time in which the expected crowd is admitted, and nothing where nobody is expected', () => {
    const width = (expectedShoppers: number, perSecond: number) =>
      slotWidthMs({ expectedShoppers, perSecond, difficulty: 0, ticketSeconds: 10 });
    expect(width(1001, 300)).toBe(3337);
    expect(width(0, 300)).toBe(0);
  });
});

describe('slotBase()', () => {
  test('is the opening until a resume puts it elsewhere', () => {
    expect(slotBase(aPublishedSale())).toBe(OPENS_AT);
    expect(slotBase(aPublishedSale({ slotsFrom: OPENS_AT + 5 }))).toBe(OPENS_AT + 5);
  });
});

describe('slotOf()', () => {
  test('is the base for the first lot, and a millisecond within the width for the last', () => {
    expect(slotOf(OPENS_AT, 10_000, 0)).toBe(OPENS_AT);
    expect(slotOf(OPENS_AT, 10_000, LOTS - 1)).toBe(OPENS_AT + 9999);
    expect(slotOf(OPENS_AT, 0, LOTS - 1)).toBe(OPENS_AT);
  });

  test('never reaches the end of the width', () => {
    fc.assert(
      fc.property(lots, widths, (lot, width) => {
        const slot = slotOf(OPENS_AT, width, lot);
        expect(slot).toBeGreaterThanOrEqual(OPENS_AT);
        expect(slot).toBeLessThan(OPENS_AT + Math.max(1, width));
      }),
    );
  });

  test('keeps everybody in their place when a resume moves the base', () => {
    fc.assert(
      fc.property(lots, lots, widths, fc.nat(), (one, other, width, later) => {
        const order = (base: number) => slotOf(base, width, one) - slotOf(base, width, other);
        expect(order(OPENS_AT + later)).toBe(order(OPENS_AT));
        if (one < other) expect(order(OPENS_AT)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
