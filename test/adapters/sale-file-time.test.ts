import { describe, expect, test } from '@jest/globals';
import { instantOf, isZone, printInstant, zoneOffset } from '../../adapters/sale-file-time.ts';
import { broken } from '../support/sale-files.ts';

describe('readSaleFile() of times', () => {
  const WHEN = 'ISO 8601 instant that the calendar has, with an offset';

  test.each([
    '2026-11-27T18:00+01:00',
    '2026-11-27T18:00:00.5+01:00',
    '2026-11-27T18:00:00.123+01:00',
    '2026-11-27T17:00:00Z',
  ])('takes %s', (opensAt) => {
    expect(broken({ opensAt })).toEqual([]);
  });

  test.each(['2026-11-27T18:00:00', '2026-11-27T18:00'])('asks for the offset of %s', (opensAt) => {
    expect(broken({ opensAt })).toEqual([
      'opensAt: it must end with its offset, such as +01:00, or Z',
    ]);
  });

  test.each([
    '2026-02-30T18:00:00+01:00',
    '2026-11-27T24:00:00+01:00',
    '2026-11-27T18:00:60+01:00',
    '2026-11-27T18:00:00+24:00',
    '2026-11-27T18:00:00+01:60',
    '2026-11-27 18:00:00+01:00',
    '27 Nov 2026 18:00 CET',
    '',
  ])('refuses "%s"', (opensAt) => {
    expect(broken({ opensAt })).toEqual([expect.stringContaining(WHEN)]);
  });

  test('leaves it to the type to refuse a number', () => {
    expect(broken({ opensAt: 5 })).toEqual([expect.stringMatching(/^opensAt: .* ISO 8601/)]);
  });

  test('refuses to close at the millisecond of the opening, and takes one later', () => {
    const opensAt = '2026-11-27T18:00:00.000+01:00';
    expect(broken({ opensAt, closesAt: opensAt })).toEqual([
      'closesAt: it must be later than opensAt',
    ]);
    expect(broken({ opensAt, closesAt: '2026-11-27T18:00:00.001+01:00' })).toEqual([]);
  });

  test('refuses a zone that contradicts the offset at that instant', () => {
    const summer = { opensAt: '2026-10-24T18:00:00+01:00', closesAt: '2026-10-26T18:00:00+01:00' };
    expect(broken(summer)).toEqual([
      'opensAt: its offset must be that of Europe/Berlin then, +02:00',
    ]);
  });

  test('takes both offsets of the hour that a zone has twice', () => {
    const opensAt = '2026-10-25T02:30:00+02:00';
    expect(broken({ opensAt, closesAt: '2026-10-25T02:30:00+01:00' })).toEqual([]);
  });

  test('lets Z contradict no zone, but +00:00', () => {
    const closesAt = '2026-11-27T18:00:00Z';
    expect(broken({ closesAt })).toEqual([]);
    expect(broken({ closesAt: closesAt.replace('Z', '+00:00') })).toEqual([
      'closesAt: its offset must be that of Europe/Berlin then, +01:00',
    ]);
  });

  test.each(['Europe/Atlantis', 'CEST', '+01:00', ''])('refuses the zone "%s"', (timeZone) => {
    expect(broken({ timeZone })).toEqual([
      expect.stringMatching(/^timeZone: it must be an IANA time zone/),
    ]);
  });
});

describe('instantOf()', () => {
  test('takes the offset off', () => {
    expect(instantOf('2026-11-27T18:00:00-05:30')).toBe(Date.UTC(2026, 10, 27, 23, 30));
  });

  test('throws when the text is no instant', () => {
    expect(() => instantOf('tomorrow')).toThrow('Cannot read "tomorrow" as an instant');
  });
});

describe('zoneOffset()', () => {
  test.each([
    ['UTC', 0],
    ['Europe/Berlin', 60],
    ['America/St_Johns', -210],
    ['Asia/Kathmandu', 345],
  ])('of %s in winter is %d minutes', (zone, minutes) => {
    expect(zoneOffset(zone, Date.UTC(2026, 11, 1))).toBe(minutes);
  });
});

describe('isZone()', () => {
  test('knows every zone that Intl lists', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });
});

describe('printInstant()', () => {
  test('writes Z where the zone was minutes and seconds ahead', () => {
    expect(printInstant(Date.UTC(1850, 0, 1), 'Europe/Berlin')).toBe('1850-01-01T00:00:00Z');
  });

  test('writes milliseconds only where there are some', () => {
    expect(printInstant(1, 'UTC')).toBe('1970-01-01T00:00:00.001+00:00');
    expect(printInstant(1000, 'America/New_York')).toBe('1969-12-31T19:00:01-05:00');
  });
});
