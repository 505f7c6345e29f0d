import { describe, expect, test } from '@jest/globals';
import { nextRun } from '../../adapters/planned-runs.ts';
import { OPENS_AT } from '../support/sales.ts';

const at = (ScheduleExpression: string, more: object = {}, now = OPENS_AT) =>
  nextRun({ ScheduleExpression, ...more }, now);

const MINUTE_MS = 60_000;

describe('nextRun()', () => {
  test('is the instant of a schedule that runs once, until it has', () => {
    expect(at('at(2026-11-27T20:00:00)')).toBe(OPENS_AT);
    expect(at('at(2026-11-27T19:59:59)')).toBeUndefined();
  });

  test.each([
    ['minutes', 'rate(2 minutes)', 2 * MINUTE_MS],
    ['an hour', 'rate(1 hour)', 60 * MINUTE_MS],
    ['days', 'rate(3 days)', 3 * 24 * 60 * MINUTE_MS],
  ])('counts %s from the start', (_, expression, period) => {
    const StartDate = new Date(OPENS_AT - period - 1);
    expect(at(expression, { StartDate })).toBe(OPENS_AT + period - 1);
    expect(at(expression, { StartDate: new Date(OPENS_AT - period) })).toBe(OPENS_AT);
    expect(at(expression, { StartDate: new Date(OPENS_AT + 5) })).toBe(OPENS_AT + 5);
    expect(at(expression)).toBe(OPENS_AT + period);
  });

  test('is nothing once it has ended, nor of an expression that is none of ours', () => {
    const StartDate = new Date(OPENS_AT);
    const until = (ms: number) => ({ StartDate, EndDate: new Date(OPENS_AT + ms) });
    expect(at('rate(1 minute)', until(0))).toBe(OPENS_AT);
    expect(at('rate(1 minute)', until(-1))).toBeUndefined();
    expect(at('cron(17 3 * * ? *)')).toBeUndefined();
    expect(at('')).toBeUndefined();
  });
});
