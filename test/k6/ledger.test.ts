import { describe, expect, test } from '@jest/globals';
import { openLedger, type Told } from '../../load/k6/ledger.ts';

const NOW = 1_000_000;

const order = (orderId: string, some: Partial<Told> = {}): Told => ({
  ...{ orderId, status: 'RESERVED', quantity: 1, payBy: NOW + 900_000, ...some },
});

const brokenBy = (judged: readonly { rule: string; why: string | undefined }[]) =>
  judged.flatMap(({ rule, why }) => (why === undefined ? [] : rule));

describe('granted()', () => {
  test('takes a repeat of the open order', () => {
    const ledger = openLedger(1);
    expect(brokenBy(ledger.granted(order('a'), NOW))).toEqual([]);
    expect(brokenBy(ledger.granted(order('a'), NOW))).toEqual([]);
  });

  test('finds a second open order, within the limit too', () => {
    const ledger = openLedger(2);
    ledger.granted(order('a'), NOW);
    expect(ledger.granted(order('b'), NOW)).toContainEqual({
      rule: 'one-order',
      why: 'has a and b at once',
    });
    expect(brokenBy(ledger.granted(order('b'), NOW))).toEqual(['one-order']);
  });

  test.each([
    ['paid', 'PAID', undefined],
    ['expired', 'RESERVED', NOW - 1],
  ])('takes a second order once the first is %s', (_what, status, payBy) => {
    const ledger = openLedger(2);
    ledger.granted(order('a', { status, payBy }), NOW);
    expect(brokenBy(ledger.granted(order('b'), NOW))).toEqual([]);
  });

  test('finds more units than the limit, and not as many', () => {
    const three = openLedger(3);
    three.granted(order('a', { status: 'PAID', quantity: 2 }), NOW);
    expect(brokenBy(three.granted(order('b'), NOW))).toEqual([]);
    const two = openLedger(2);
    two.granted(order('a', { status: 'PAID', quantity: 2 }), NOW);
    expect(brokenBy(two.granted(order('b'), NOW))).toEqual(['limit']);
  });

  test('counts a cancelled order no more, and finds it granted again', () => {
    const ledger = openLedger(1);
    ledger.granted(order('a'), NOW);
    ledger.cancelled('a');
    expect(brokenBy(ledger.granted(order('b'), NOW))).toEqual([]);
    expect(brokenBy(ledger.granted(order('a'), NOW))).toContain('order-kept');
  });
});

describe('seen()', () => {
  const seen = (before: Told, told: Told | undefined, now = NOW) => {
    const ledger = openLedger(9);
    ledger.granted(before, NOW);
    return ledger.seen(before.orderId, told, now).why;
  };

  test.each([
    ['as it was', order('a'), order('a'), undefined],
    ['paid meanwhile', order('a'), order('a', { status: 'PAID' }), undefined],
    ['gone', order('a'), undefined, 'order a is not there'],
    ['larger', order('a'), order('a', { quantity: 2 }), 'order a had 1 units, and has 2'],
    [
      'released in time',
      order('a'),
      order('a', { status: 'RELEASED' }),
      'order a was RESERVED, and is RELEASED',
    ],
    [
      'paid no more',
      order('a', { status: 'PAID' }),
      order('a'),
      'order a was PAID, and is RESERVED',
    ],
  ])('judges an order that is %s', (_what, before, told, why) => {
    expect(seen(before, told)).toBe(why);
  });

  test('lets an order expire from its last two seconds on', () => {
    const released = order('a', { status: 'RELEASED' });
    expect(seen(order('a'), released, NOW + 898_001)).toBeUndefined();
    expect(seen(order('a'), released, NOW + 898_000)).toBe('order a was RESERVED, and is RELEASED');
  });

  test('waits for the record of a cancelled order', () => {
    const ledger = openLedger(1);
    ledger.granted(order('a'), NOW);
    ledger.cancelled('a');
    expect(ledger.seen('a', undefined, NOW).why).toBeUndefined();
  });
});

describe('units()', () => {
  const WINDOW_MS = 900_000;

  test('are held where they were granted within the first payment window, to the ms', () => {
    const ledger = openLedger(9);
    ledger.granted(order('a', { quantity: 3 }), NOW);
    expect(ledger.units(NOW - WINDOW_MS)).toEqual({ paid: 0, held: 3 });
    expect(ledger.units(NOW - WINDOW_MS - 1)).toEqual({ paid: 0, held: 0 });
  });

  test('are paid whenever they were granted, and held as if they were not paid', () => {
    const ledger = openLedger(9);
    ledger.granted(order('a', { quantity: 2 }), NOW);
    ledger.seen('a', order('a', { quantity: 2, status: 'PAID', payBy: undefined }), NOW + 5_000);
    expect(ledger.units(NOW - WINDOW_MS)).toEqual({ paid: 2, held: 2 });
    expect(ledger.units(NOW - WINDOW_MS - 1)).toEqual({ paid: 2, held: 0 });
  });

  test('are held for good where there was nothing to pay', () => {
    const ledger = openLedger(9);
    ledger.granted(order('a', { status: 'PAID', payBy: undefined }), NOW);
    expect(ledger.units(0)).toEqual({ paid: 1, held: 1 });
  });

  test('are not held once they were given back', () => {
    const ledger = openLedger(9);
    ledger.granted(order('a'), NOW);
    ledger.cancelled('a');
    expect(ledger.units(NOW)).toEqual({ paid: 0, held: 0 });
  });
});
