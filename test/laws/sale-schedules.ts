/** @module Laws of the schedules of a sale: what it asks of Scheduler, for when. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { createSchedules, type ScheduleTargets } from '../../adapters/sale-schedules.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { isWarm, warmUntil } from '../../domain/warmth.ts';
import { fakeClient } from '../adapters/fake-client.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { names } from './arbitraries.ts';
import { type Law, law } from './law.ts';
import { type Created, epochOf, firings } from './schedules.ts';

const MINUTE_MS = 60_000;
const EARLY_MS = 2 * MINUTE_MS;

const TARGETS: ScheduleTargets = {
  ...{ group: 'g', roleArn: 'role', deadLetterArn: 'dlq' },
  ...{ openArn: 'open', sweepArn: 'sweep', closeArn: 'close' },
  ...{ warmArn: 'warm', reconcileArn: 'reconcile' },
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

export const saleScheduleLaws: readonly Law[] = [
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
    'schedule: the closing is called at the closing or within a second after it, never before; soon where it is now',
    [publications],
    async (one) => {
      const at = epochOf((await schedulesOf(one)).get(`${one.sale.id}-close`));
      const wanted = Math.max(one.sale.closesAt, one.now + 2000);
      ok(at >= one.sale.closesAt && at < wanted + 1000, `${at - one.sale.closesAt} ms late`);
      ok(at > one.now);
    },
  ),

  law(
    'schedule: what is kept warm is warmed up before the opening and let go after the crowd, and never before',
    [publications],
    async (one) => {
      const all = await schedulesOf(one);
      const [warm = 0, cool = 0] = ['warm', 'cool'].map((of) =>
        epochOf(all.get(`${one.sale.id}-${of}`)),
      );
      ok(warm > one.now && warm <= Math.max(one.sale.opensAt - 15 * MINUTE_MS, one.now + 2000));
      ok(isWarm(one.sale, warm) || one.now + 2000 > warmUntil(one.sale), 'warmed up for nothing');
      ok(!isWarm(one.sale, cool), 'nothing is let go');
    },
  ),

  law(
    'schedule: money is compared after the last sweep, however often the closing was moved',
    [publications, fc.integer({ min: 0, max: 30 * 1440 * MINUTE_MS })],
    async ({ now, sale }, later) => {
      const closesAt = sale.closesAt + later;
      const moved = { ...sale, closesAt, plannedClosesAt: sale.closesAt };
      const all = await schedulesOf({ now, sale: moved });
      const at = epochOf(all.get(`${sale.id}-reconcile-${Math.floor(closesAt / 1000)}`));
      ok(at > lateUntil(moved) + EARLY_MS);
      ok(Number(all.get(`${sale.id}-sweep`)?.EndDate) > at);
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
];
