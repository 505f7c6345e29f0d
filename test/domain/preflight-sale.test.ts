import { describe, expect, test } from '@jest/globals';
import { learnt, unknown } from '../../domain/preflight-line.ts';
import {
  busiestWith,
  guestsLine,
  overlapLine,
  saleLine,
  stockLine,
} from '../../domain/preflight-sale.ts';
import type { Sale } from '../../domain/sale.ts';

const sale = (id: string, opensAt: number, closesAt: number, perSecond = 100): Sale =>
  ({
    ...{ id, opensAt, closesAt, items: [{ sku: 'lamp', units: 10, limit: 2 }] },
    admission: { expectedShoppers: 0, perSecond, difficulty: 0, ticketSeconds: 10 },
  }) as unknown as Sale;

const NIGHT = sale('night', 1000, 2000);

describe('saleLine()', () => {
  test('is over at its closing, and not a millisecond before', () => {
    expect(saleLine(NIGHT, 'published', 1999).verdict).toBe('pass');
    expect(saleLine(NIGHT, 'published', 2000).verdict).toBe('fail');
    expect(saleLine(NIGHT, 'draft', 2000).verdict).toBe('fail');
  });

  test('tells an open sale from one that is to come, and a draft from both', () => {
    expect(saleLine(NIGHT, 'published', 1000).found).toMatch(/^open, until/);
    expect(saleLine(NIGHT, 'published', 999).found).toMatch(/^1970-.* to 1970-/);
    expect(saleLine(NIGHT, 'draft', 999)).toMatchObject({ verdict: 'warn' });
    expect(saleLine({ ...NIGHT, paused: true }, 'published', 1000)).toMatchObject({
      ...{ verdict: 'warn', advice: 'Resume it.' },
    });
  });
});

describe('guestsLine()', () => {
  test('says which limits mean nothing for guests', () => {
    expect(guestsLine(NIGHT, 'refused').verdict).toBe('pass');
    expect(guestsLine(NIGHT, 'allowed')).toMatchObject({
      ...{ verdict: 'warn', found: expect.stringContaining('limit of 2 counts cookies') },
    });
    const items = [...NIGHT.items, { ...NIGHT.items[0]!, sku: 'shade', limit: 1 }];
    expect(guestsLine({ ...NIGHT, items }, 'allowed').found).toContain('limit of 1, 2');
  });
});

describe('busiestWith()', () => {
  test.each([
    [500, 1000, false],
    [500, 1001, true],
    [1999, 3000, true],
    [2000, 3000, false],
  ])(
    'a sale from %i to %i lets shoppers through with one from 1000 to 2000: %s',
    (opensAt, closesAt, isOpen) => {
      expect(busiestWith(NIGHT, [NIGHT, sale('other', opensAt, closesAt)])).toHaveLength(
        isOpen ? 1 : 0,
      );
    },
  );
});

describe('overlapLine()', () => {
  const other = sale('day', 0, 1500, 50);

  test('fits what is admitted together into the plan', () => {
    expect(overlapLine(NIGHT, [other], learnt(150)).verdict).toBe('pass');
    expect(overlapLine(NIGHT, [other], learnt(149)).verdict).toBe('fail');
    expect(overlapLine(NIGHT, [other], unknown('denied')).verdict).toBe('not-judged');
  });

  test('needs no plan for a sale that is alone', () => {
    expect(overlapLine(NIGHT, [], unknown('denied'))).toMatchObject({
      ...{ verdict: 'pass', found: 'none: it admits 100/s alone' },
    });
  });
});

describe('stockLine()', () => {
  const judge = (said: number | undefined, counted: number, grants = 0) =>
    stockLine(
      NIGHT,
      learnt([{ sku: 'lamp', counted, grants, ...(said !== undefined && { said }) }]),
    );

  test.each([
    [10, 10, 0, 'pass', 'lamp 10'],
    [10, 9, 0, 'fail', 'lamp: shards have 9 of 10 units'],
    [10, 11, 0, 'fail', 'lamp: shards have 11 of 10 units'],
    // A restock adds units to those that were published; without one there are just those.
    [15, 15, 1, 'pass', 'lamp 15'],
    [15, 15, 0, 'fail', 'lamp: 15 units, published were 10'],
    [undefined, 0, 0, 'fail', 'lamp: there is no live status'],
  ])('status %s, shards %i, %i restocks: %s', (said, counted, grants, verdict, found) => {
    expect(judge(said, counted, grants)).toMatchObject({ verdict, found });
  });

  test('counts no units where there is no end of them', () => {
    const endless = { ...NIGHT, items: [{ ...NIGHT.items[0]!, units: 'unlimited' as const }] };
    const stock = [{ sku: 'lamp', said: 0, counted: 0, grants: 0 }];
    expect(stockLine(endless, learnt(stock))).toMatchObject({
      verdict: 'pass',
      found: 'lamp unlimited',
    });
    expect(stockLine(endless, learnt([])).verdict).toBe('fail');
  });

  test('misses an item of which there is nothing', () => {
    expect(stockLine(NIGHT, learnt([])).found).toBe('lamp: there is no live status');
  });
});
