import { describe, expect, test } from '@jest/globals';
import { type WarmView, warmLines } from '../../cli/warm-lines.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

const TABLE = { writes: 4000, reads: 12_000, isRising: false, wanted: 20_000 };

const aView = (changes: Partial<WarmView> = {}): WarmView => ({
  ...{ sale: aPublishedSale(), isOff: false, raises: false, table: TABLE },
  environments: { environments: 0, ready: 0, isFailed: false, wanted: 450, most: 450 },
  ...changes,
});

const linesOf = (changes: Partial<WarmView> = {}, now = OPENS_AT) =>
  warmLines(aView(changes), now).join('\n');

describe('warmLines()', () => {
  test('says what environments cost an hour, and when they go by themselves', () => {
    expect(linesOf()).toContain('0 asked for, 0 ready; 450 wanted, 450 at most.');
    // 450 × 0.5 GB × $0.0000033334 × 3,600 s.
    expect(linesOf()).toContain('450 cost $2.70 an hour, busy or not.');
    expect(linesOf()).toContain('Taken back by itself a minute after 2026-11-27T20:30:00.000Z');
    expect(linesOf()).not.toContain('sooner');
    expect(linesOf({}, OPENS_AT - 86_400_000)).toContain('takes it back sooner');
  });

  test('says that what was asked for is not to be had', () => {
    const environments = { ...aView().environments, environments: 450, isFailed: true };
    expect(linesOf({ environments })).toContain('450 asked for, and not to be had');
  });

  test('says that a deployment keeps none', () => {
    const environments = { ...aView().environments, wanted: 0, most: 0 };
    expect(linesOf({ environments })).toContain('its parameter MostWarm is 0');
  });

  test('says what raising the table means, and raises it only where that is asked', () => {
    expect(linesOf()).toContain('AWS charges once for 16000 more');
    expect(linesOf()).toContain('It stays as it is: --tables raises it.');
    expect(linesOf({ raises: true })).toContain('It will be raised: this cannot be undone.');
  });

  test('has nothing to raise where the table takes as much, is rising, or is none', () => {
    const raised = (table: WarmView['table']) => linesOf({ table, raises: true });
    expect(raised({ ...TABLE, writes: 20_000 })).not.toContain('charges');
    expect(raised({ ...TABLE, isRising: true })).toContain('It is being raised already.');
    expect(raised(undefined)).toContain('this place has no warm throughput');
  });

  test('leaves nothing to pay when it is off, but what the table was raised by', () => {
    const environments = { ...aView().environments, environments: 450, wanted: 0 };
    const off = linesOf({ isOff: true, environments });
    expect(off).toContain('Nothing of it is left to pay then.');
    expect(off).toContain('there is no way back');
  });
});
