import { describe, expect, test } from '@jest/globals';
import { type Daily, nextDaily, parseSchedule } from '../../local/services/schedule-expression.ts';

const at = (iso: string): number => Date.parse(iso);

describe('parseSchedule() of a cron expression', () => {
  test('reads a time of each day', () => {
    expect(parseSchedule('cron(17 3 * * ? *)', 'UTC')).toEqual({
      ...{ kind: 'daily', time: '03:17', timeZone: 'UTC' },
    });
    expect(parseSchedule('cron(0 23 * * ? *)', 'UTC')).toMatchObject({ time: '23:00' });
  });

  test.each(['cron(17 3 * * MON *)', 'cron(60 3 * * ? *)', 'cron(0 24 * * ? *)', 'cron(17 3 * *)'])(
    'refuses what it does not know: %s',
    (expression) => {
      expect(() => parseSchedule(expression, 'UTC')).toThrow('Invalid Schedule Expression');
    },
  );
});

describe('nextDaily()', () => {
  const daily = (timeZone: string): Daily => ({ kind: 'daily', time: '03:17', timeZone });

  test.each([
    ['UTC', '2026-11-27T03:16:59.999Z', '2026-11-27T03:17:00.000Z'],
    ['UTC', '2026-11-27T03:17:00.000Z', '2026-11-27T03:17:00.000Z'],
    ['UTC', '2026-11-27T03:17:00.001Z', '2026-11-28T03:17:00.000Z'],
    ['UTC', '2026-12-31T23:00:00.000Z', '2027-01-01T03:17:00.000Z'],
    ['Asia/Tokyo', '2026-11-27T18:16:00.000Z', '2026-11-27T18:17:00.000Z'],
    ['Asia/Tokyo', '2026-11-27T18:18:00.000Z', '2026-11-28T18:17:00.000Z'],
    ['America/Los_Angeles', '2026-11-27T00:00:00.000Z', '2026-11-27T11:17:00.000Z'],
    // The clocks go back in between.
    ['Europe/Berlin', '2026-10-24T12:00:00.000Z', '2026-10-25T02:17:00.000Z'],
  ])('in %s is, from %s on, %s', (zone, from, next) => {
    expect(new Date(nextDaily(daily(zone), at(from))).toISOString()).toBe(next);
  });
});
