/** @module Laws of schedules: what a sale asks of Scheduler, and when the local one fires. */

import { equal, ok, throws } from 'node:assert/strict';
import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import fc from 'fast-check';
import { createSchedules, type ScheduleTargets } from '../../adapters/sale-schedules.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import type { VirtualClock } from '../../local/clock.ts';
import { Schedule } from '../../local/services/schedule.ts';
import { parseSchedule } from '../../local/services/schedule-expression.ts';
import { fakeClient } from '../adapters/fake-client.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { names } from './arbitraries.ts';
import { shifts, zones } from './instants.ts';
import { type Law, law } from './law.ts';

const MINUTE_MS = 60_000;
const EARLY_MS = 2 * MINUTE_MS;

const TARGETS: ScheduleTargets = {
  ...{ group: 'g', roleArn: 'role', deadLetterArn: 'dlq' },
  ...{ openArn: 'open', sweepArn: 'sweep', closeArn: 'close' },
};

/** A sale, and the instant at which it is published: long before, or at the last moment. */
const publications = fc
  .record({
    id: names,
    opensIn: fc.oneof(
      fc.integer({ min: -300_000, max: 300_000 }),
      fc.integer({ min: 0, max: 1e9 }),
    ),
    lasts: fc.integer({ min: 1, max: 1e8 }),
    ms: fc.nat({ max: 999 }),
  })
  .map(({ id, opensIn, lasts, ms }) => {
    const now = OPENS_AT + ms;
    const opensAt = now + opensIn;
    return { now, sale: aPublishedSale({ id, opensAt, closesAt: Math.max(now, opensAt) + lasts }) };
  });

type Created = CreateScheduleCommandInput & { readonly Name: string };

async function schedulesOf({
  now,
  sale,
}: {
  now: number;
  sale: ReturnType<typeof aPublishedSale>;
}) {
  const { client, sent } = fakeClient();
  await createSchedules(client, TARGETS, sale, now);
  const created = sent.map(({ input }) => input as unknown as Created);
  return new Map(created.map((one) => [one.Name, one]));
}

const epochOf = (created: Created | undefined): number => {
  const when = parseSchedule(
    created?.ScheduleExpression ?? '',
    created?.ScheduleExpressionTimezone ?? 'UTC',
  );
  ok(when.kind === 'at');
  return when.epochMs;
};

type Due = { readonly due: number; readonly fire: () => unknown };

/** When a schedule fires, on a clock that jumps from one timer to the next; no more than so many times. */
async function firings(input: object, now: number, most: number): Promise<number[]> {
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
    'schedule: the opening is called two minutes early at most, and never in the past',
    [publications],
    async (one) => {
      const at = epochOf((await schedulesOf(one)).get(`${one.sale.id}-open`));
      const wanted = Math.max(one.sale.opensAt - EARLY_MS, one.now + 2000);
      ok(at > one.now && at <= wanted && at > wanted - 1000, `${at - one.now} ms ahead`);
    },
  ),

  law(
    'schedule: the closing is called at the closing or within a second after it, never before',
    [publications],
    async (one) => {
      const at = epochOf((await schedulesOf(one)).get(`${one.sale.id}-close`));
      ok(
        at >= one.sale.closesAt && at < one.sale.closesAt + 1000,
        `${at - one.sale.closesAt} ms late`,
      );
      ok(at > one.now);
    },
  ),

  law(
    'schedule: sweeps come every minute from the opening on, as long as a payment may come late',
    [publications],
    async (one) => {
      const sweep = (await schedulesOf(one)).get(`${one.sale.id}-sweep`);
      equal(sweep?.ScheduleExpression, 'rate(1 minute)');
      const [start = 0, end = 0] = [sweep?.StartDate, sweep?.EndDate].map(Number);
      ok(start > one.now && start <= Math.max(one.sale.opensAt, one.now + 2000));
      ok(end > lateUntil(one.sale) + EARLY_MS);
      const input = { ...sweep, StartDate: start / 1000, EndDate: end / 1000 };
      const fired = await firings(input, one.now, 5);
      equal(String(fired), String([0, 1, 2, 3, 4].map((minute) => start + minute * MINUTE_MS)));
    },
  ),

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
