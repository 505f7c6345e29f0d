import { describe, expect, test } from '@jest/globals';
import { isZone, wallAt, wallOf, withOffset } from '../../../site/operator/zoned.ts';

const BERLIN = 'Europe/Berlin';

describe('withOffset()', () => {
  test.each([
    ['2026-11-27T22:30', BERLIN, '2026-11-27T22:30:00+01:00'],
    ['2026-07-01T09:00', BERLIN, '2026-07-01T09:00:00+02:00'],
    ['2026-07-01T09:00', 'UTC', '2026-07-01T09:00:00+00:00'],
    ['2026-07-01T09:00', 'America/New_York', '2026-07-01T09:00:00-04:00'],
    ['2026-07-01T09:00', 'Asia/Kathmandu', '2026-07-01T09:00:00+05:45'],
    ['2026-07-01T09:00:30', BERLIN, '2026-07-01T09:00:30+02:00'],
  ])('reads %s in %s as %s', (local, zone, expected) => {
    expect(withOffset(local, zone)).toBe(expected);
  });

  test('knows the minute before the clocks change, and the minute after', () => {
    expect(withOffset('2026-03-29T01:59', BERLIN)).toBe('2026-03-29T01:59:00+01:00');
    expect(withOffset('2026-03-29T03:00', BERLIN)).toBe('2026-03-29T03:00:00+02:00');
    expect(withOffset('2026-10-25T01:59', BERLIN)).toBe('2026-10-25T01:59:00+02:00');
    expect(withOffset('2026-10-25T03:00', BERLIN)).toBe('2026-10-25T03:00:00+01:00');
  });

  test('means the first of an hour that comes twice', () => {
    expect(withOffset('2026-10-25T02:30', BERLIN)).toBe('2026-10-25T02:30:00+02:00');
  });

  test('leaves what is no time, or no zone, as it is: the API says what is wrong with it', () => {
    expect(withOffset('', BERLIN)).toBe('');
    expect(withOffset('2026-07-01T09:00', 'Europe/Nowhere')).toBe('2026-07-01T09:00');
  });
});

describe('wallAt() and wallOf()', () => {
  test('show an instant as a field takes it', () => {
    const instant = Date.parse('2026-11-27T22:30:00+01:00');
    expect(wallAt(instant, BERLIN)).toBe('2026-11-27T22:30');
    expect(wallOf('2026-11-27T22:30:00+01:00')).toBe('2026-11-27T22:30');
    expect(withOffset(wallAt(instant, BERLIN), BERLIN)).toBe('2026-11-27T22:30:00+01:00');
  });
});

describe('isZone()', () => {
  test('knows the zones that there are', () => {
    expect([isZone(BERLIN), isZone('UTC'), isZone('Berlin')]).toEqual([true, true, false]);
  });
});
