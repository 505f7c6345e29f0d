import { describe, expect, test } from '@jest/globals';
import { LOTS, slotBase, slotOf, slotWidthMs } from '../../domain/slots.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

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
});
