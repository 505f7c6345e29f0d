/** @module Laws of schedules: when the local Scheduler fires. */

import { equal, ok, throws } from 'node:assert/strict';
import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import fc from 'fast-check';
import type { VirtualClock } from '../../local/clock.ts';
import { Schedule } from '../../local/services/schedule.ts';
import { parseSchedule } from '../../local/services/schedule-expression.ts';
import { OPENS_AT } from '../support/sales.ts';
import { shifts, zones } from './instants.ts';
import { type Law, law } from './law.ts';

const MINUTE_MS = 60_000;

/** A schedule as it was asked for. */
export type Created = CreateScheduleCommandInput & { readonly Name: string };

/** When a one-time schedule fires. */
export const epochOf = (created: Created | undefined): number => {
  const when = parseSchedule(
    created?.ScheduleExpression ?? '',
    created?.ScheduleExpressionTimezone ?? 'UTC',
  );
  ok(when.kind === 'at');
  return when.epochMs;
};

type Due = { readonly due: number; readonly fire: () => unknown };

/** When a schedule fires, on a clock that jumps from one timer to the next; no more than so many times. */
export async function firings(input: object, now: number, most: number): Promise<number[]> {
  const timers: Due[] = [];
  const state = { now };
  const clock = {
    now: () => state.now,
    at: (due: number, fire: () => unknown) => void timers.push({ due, fire }),
  };
  const fired: number[] = [];
  const events = { fire: async () => void fired.push(state.now), expire: () => {} };
  const schedule = new Schedule(input as never, clock as unknown as VirtualClock, events);
  schedule.start();
  for (let next = timers.shift(); next && fired.length < most; next = timers.shift()) {
    state.now = Math.max(state.now, next.due);
    await next.fire();
  }
  return fired;
}

/** The digits that clocks ahead of UTC by some minutes show. */
const shown = (at: number, offsetMinutes: number): string =>
  new Date(at + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19);

const rates = fc.record({
  count: fc.integer({ min: 1, max: 90 }),
  unit: fc.constantFrom('minute', 'hour', 'day'),
});
const UNITS = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 1440 * MINUTE_MS };

export const scheduleLaws: readonly Law[] = [
  law(
    'schedule: the local one fires at its rate from start to end, both included',
    [
      rates,
      fc.integer({ min: -1e7, max: 1e7 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 59_999 }),
    ],
    async ({ count, unit }, startIn, periods, rest) => {
      const period = count * UNITS[unit as keyof typeof UNITS];
      const first = Math.max(OPENS_AT, OPENS_AT + startIn);
      const input = {
        ScheduleExpression: `rate(${count} ${unit}${count === 1 ? '' : 's'})`,
        StartDate: (OPENS_AT + startIn) / 1000,
        EndDate: new Date(first + periods * period + rest).toISOString(),
      };
      const expected = Array.from({ length: periods + 1 }, (_, i) => first + i * period);
      equal(String(await firings(input, OPENS_AT, 100)), String(expected));
    },
    0.5,
  ),

  law(
    'schedule: a local time is the instant at which clocks of its zone show it',
    [fc.integer({ min: Date.UTC(1973, 0) / 1000, max: Date.UTC(2100, 0) / 1000 }), zones],
    (seconds, zone) => {
      const at = seconds * 1000;
      const local = new Date(at).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
      const when = parseSchedule(`at(${local})`, zone);
      ok(when.kind === 'at');
      const again = new Date(when.epochMs)
        .toLocaleString('sv-SE', { timeZone: zone })
        .replace(' ', 'T');
      equal(again, local);
      if (zone === 'UTC') equal(when.epochMs, at);
    },
    0.25,
  ),

  law(
    'schedule: a local time that clocks show once is that instant, up to the change of clocks and from it',
    [shifts, fc.nat({ max: 86_400 })],
    ({ zone, at, before, after }, seconds) => {
      const apart = Math.abs(after - before) * MINUTE_MS;
      const [earlier, later] = [at - apart - 1000 * (1 + seconds), at + apart + 1000 * seconds];
      const epoch = (local: string) =>
        epochOf({
          ScheduleExpression: `at(${local})`,
          ScheduleExpressionTimezone: zone,
        } as Created);
      equal(epoch(shown(earlier, before)), earlier);
      equal(epoch(shown(later, after)), later);
    },
    0.1,
  ),

  law(
    'schedule: what is no expression is refused by its text',
    [
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.constantFrom('rate', 'at', 'cron'), fc.string())
          .map(([name, of]) => `${name}(${of})`),
        fc.constantFrom(
          'rate(0 minutes)',
          'rate(1.5 hours)',
          'rate(1 week)',
          'at(2026-11-27T18:00)',
          'at(2026-11-27T18:00:00Z)',
        ),
      ),
    ],
    (text) => {
      throws(
        () => parseSchedule(text, 'UTC'),
        (error: Error) => error.message.includes(text),
      );
    },
  ),
];
