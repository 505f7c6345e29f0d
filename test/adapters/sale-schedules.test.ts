import { ConflictException, ResourceNotFoundException } from '@aws-sdk/client-scheduler';
import { describe, expect, test } from '@jest/globals';
import { createSchedules, endSweeps } from '../../adapters/sale-schedules.ts';
import { lateUntil } from '../../domain/sweep-sale.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { fakeClient } from './fake-client.ts';

const SALE = aPublishedSale();
const TARGETS = {
  ...{ group: 'Group', roleArn: 'role', deadLetterArn: 'dlq' },
  ...{ openArn: 'open', sweepArn: 'sweep', closeArn: 'close' },
};
const refusal = { message: 'no', Message: 'no', $metadata: {} };
const DAY_MS = 24 * 3_600_000;

/** What is created for a sale that is published at some instant. */
async function created(now: number) {
  const { client, sent } = fakeClient();
  await createSchedules(client, TARGETS, SALE, now);
  return sent.map(({ input }) => input);
}

describe('createSchedules()', () => {
  test('opens two minutes early, sweeps every minute from the opening, and closes', async () => {
    const common = { GroupName: 'Group', FlexibleTimeWindow: { Mode: 'OFF' } };
    const target = (Arn: string) => ({
      ...{ Arn, RoleArn: 'role', Input: '{"saleId":"night"}', DeadLetterConfig: { Arn: 'dlq' } },
    });
    expect(await created(OPENS_AT - DAY_MS)).toEqual([
      {
        ...{ ...common, Name: 'night-open', ScheduleExpression: 'at(2026-11-27T19:58:00)' },
        ...{ ActionAfterCompletion: 'DELETE', Target: target('open') },
      },
      {
        ...{ ...common, Name: 'night-sweep', ScheduleExpression: 'rate(1 minute)' },
        ...{ StartDate: new Date(OPENS_AT), EndDate: new Date(lateUntil(SALE) + 7 * DAY_MS) },
        Target: target('sweep'),
      },
      {
        ...{ ...common, Name: 'night-close', ScheduleExpression: 'at(2026-11-27T21:00:00)' },
        ...{ ActionAfterCompletion: 'DELETE', Target: target('close') },
      },
    ]);
  });

  test('opens and sweeps as soon as it can where the opening is past', async () => {
    const [open, sweep] = await created(OPENS_AT + 1000);
    expect(open?.['ScheduleExpression']).toBe('at(2026-11-27T20:00:03)');
    expect(sweep?.['StartDate']).toEqual(new Date(OPENS_AT + 3000));
  });

  test('leaves schedules that are there as they are, and creates the others', async () => {
    const { client, sent } = fakeClient((_, before) => {
      if (before < 2) throw new ConflictException(refusal);
    });
    await createSchedules(client, TARGETS, SALE, OPENS_AT - DAY_MS);
    expect(sent.map(({ input }) => input['Name'])).toEqual([
      ...['night-open', 'night-sweep', 'night-close'],
    ]);
  });

  test('throws what is no conflict', async () => {
    const { client } = fakeClient(() => {
      throw new Error('no answer');
    });
    const creating = createSchedules(client, TARGETS, SALE, OPENS_AT);
    await expect(creating).rejects.toThrow('no answer');
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
