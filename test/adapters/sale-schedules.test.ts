import { ConflictException, ResourceNotFoundException } from '@aws-sdk/client-scheduler';
import { describe, expect, test } from '@jest/globals';
import { createEndSchedules, createSchedules, endSweeps } from '../../adapters/sale-schedules.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { fakeClient } from './fake-client.ts';

const SALE = aPublishedSale();
const TARGETS = {
  ...{ group: 'Group', roleArn: 'role', deadLetterArn: 'dlq', warmArn: 'warm' },
  ...{ openArn: 'open', sweepArn: 'sweep', closeArn: 'close', reconcileArn: 'reconcile' },
};
const refusal = { message: 'no', Message: 'no', $metadata: {} };
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const NAMES = ['warm', 'open', 'sweep', 'close', 'cool', 'reconcile'].map((of) => `night-${of}`);

/** What is created for a sale that is published at some instant. */
async function created(now: number, create = createSchedules, sale = SALE) {
  const { client, sent } = fakeClient();
  await create(client, TARGETS, sale, now);
  return sent.map(({ input }) => input);
}

describe('createSchedules()', () => {
  test('is a schedule for everything that is done with a sale, each with its target', async () => {
    const common = { GroupName: 'Group', FlexibleTimeWindow: { Mode: 'OFF' } };
    const target = (Arn: string) => ({
      ...{ Arn, RoleArn: 'role', DeadLetterConfig: { Arn: 'dlq' } },
      Input: JSON.stringify({ saleId: 'night', task: Arn }),
    });
    const once = (name: string, Arn: string, at: string) => ({
      ...{ ...common, Name: `night-${name}`, ScheduleExpression: `at(2026-11-27T${at})` },
      ...{ ActionAfterCompletion: 'DELETE', Target: target(Arn) },
    });
    const latest = { ...SALE, closesAt: SALE.closesAt + 30 * DAY_MS };
    expect(await created(OPENS_AT - DAY_MS)).toEqual([
      once('warm', 'warm', '19:45:00'),
      once('open', 'open', '19:58:00'),
      {
        ...{ ...common, Name: 'night-sweep', ScheduleExpression: 'rate(1 minute)' },
        ...{ StartDate: new Date(OPENS_AT), EndDate: new Date(lateUntil(latest) + 7 * DAY_MS) },
        Target: target('sweep'),
      },
      once('close', 'close', '21:00:00'),
      once('cool', 'warm', '20:31:00'),
      once('reconcile', 'reconcile', '21:55:00'),
    ]);
  });

  test('warms up, opens and sweeps as soon as it can where the opening is past', async () => {
    const [warm, open, sweep] = await created(OPENS_AT + 1000);
    for (const one of [warm, open]) {
      expect(one?.['ScheduleExpression']).toBe('at(2026-11-27T20:00:03)');
    }
    expect(sweep?.['StartDate']).toEqual(new Date(OPENS_AT + 3000));
  });

  test('leaves schedules that are there as they are, and creates the others', async () => {
    const { client, sent } = fakeClient((_, before) => {
      if (before < 2) throw new ConflictException(refusal);
    });
    await createSchedules(client, TARGETS, SALE, OPENS_AT - DAY_MS);
    expect(sent.map(({ input }) => input['Name'])).toEqual(NAMES);
  });

  test('throws what is no conflict', async () => {
    const { client } = fakeClient(() => {
      throw new Error('no answer');
    });
    const creating = createSchedules(client, TARGETS, SALE, OPENS_AT);
    await expect(creating).rejects.toThrow('no answer');
  });
});

describe('createEndSchedules()', () => {
  const moved = (closesAt: number) => ({ ...SALE, closesAt, plannedClosesAt: SALE.closesAt });

  test('gives a closing that was moved schedules of its own, by its second', async () => {
    const sale = moved(SALE.closesAt + 30 * MINUTE_MS + 1);
    const ends = await created(OPENS_AT, createEndSchedules, sale);
    const second = Math.floor(sale.closesAt / 1000);
    expect(ends.map(({ Name, ScheduleExpression }) => [Name, ScheduleExpression])).toEqual([
      // Never before the closing: what comes early is turned away.
      [`night-close-${second}`, 'at(2026-11-27T21:30:01)'],
      [`night-cool-${second}`, 'at(2026-11-27T20:31:00)'],
      [`night-reconcile-${second}`, 'at(2026-11-27T22:25:00)'],
    ]);
    // A republished sale has the same, and none of the planned closing.
    const all = await created(OPENS_AT - DAY_MS, createSchedules, sale);
    expect(all.map(({ Name }) => Name).slice(3)).toEqual(ends.map(({ Name }) => Name));
  });

  test('comes at once where the closing is now', async () => {
    const [close] = await created(OPENS_AT + 500, createEndSchedules, moved(OPENS_AT + 500));
    expect(close?.['ScheduleExpression']).toBe('at(2026-11-27T20:00:02)');
  });

  test('fits the longest name into what Scheduler takes', async () => {
    const sale = { ...moved(SALE.closesAt + DAY_MS), id: 'n'.repeat(40) };
    const ends = await created(OPENS_AT, createEndSchedules, sale);
    for (const { Name } of ends) expect(Name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
  });

  test('cools down with the closing of a short sale, and half an hour after the last slot of a long one', async () => {
    const coolAt = async (closesAt: number) => {
      const [, cool] = await created(OPENS_AT, createEndSchedules, { ...SALE, closesAt });
      return cool?.['ScheduleExpression'];
    };
    expect(await coolAt(OPENS_AT + 29 * MINUTE_MS)).toBe('at(2026-11-27T20:30:00)');
    expect(await coolAt(OPENS_AT + 5 * DAY_MS)).toBe('at(2026-11-27T20:31:00)');
  });
});

describe('endSweeps()', () => {
  test('deletes the schedule, and takes it for done where there is none', async () => {
    const { client, sent } = fakeClient((_, before) => {
      if (before > 0) throw new ResourceNotFoundException(refusal);
    });
    await endSweeps(client, 'Group', 'night');
    await endSweeps(client, 'Group', 'night');
    const input = { GroupName: 'Group', Name: 'night-sweep' };
    expect(sent).toEqual(Array(2).fill({ name: 'DeleteScheduleCommand', input }));
  });

  test('throws anything else', async () => {
    const { client } = fakeClient(() => {
      throw new Error('no answer');
    });
    await expect(endSweeps(client, 'Group', 'night')).rejects.toThrow('no answer');
  });
});
