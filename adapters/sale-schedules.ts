/** @module The schedules of a sale in EventBridge Scheduler: opening, sweeps, closing. One recurring sweep, not one an order. */

import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { PublishedSale } from '../domain/sale.ts';
import { lateUntil } from '../domain/sweep-sale.ts';
import type { EpochMs } from '../domain/units.ts';

/** Scheduler is exact to the minute only: the opening function is called early and waits for the second. */
const OPEN_EARLY_MS = 2 * 60_000;

/** A one-time schedule must lie ahead. */
const SOON_MS = 2000;

/** Sweeps end by themselves once nothing is open; this is for the sale where that never comes. */
const SWEEP_LONGEST_MS = 7 * 24 * 3600 * 1000;

/** What the schedules call, and as whom. */
export type ScheduleTargets = {
  readonly group: string;
  readonly roleArn: string;
  readonly deadLetterArn: string;
  readonly openArn: string;
  readonly sweepArn: string;
  readonly closeArn: string;
};

/** Creates the schedules of a sale; those that are there stay as they are. */
export async function createSchedules(
  client: SchedulerClient,
  targets: ScheduleTargets,
  sale: PublishedSale,
  now: EpochMs,
): Promise<void> {
  const opening = Math.max(sale.opensAt - OPEN_EARLY_MS, now + SOON_MS);
  // A schedule has whole seconds, and a closing that comes before its time is turned away for good.
  const closing = Math.ceil(sale.closesAt / 1000) * 1000;
  const once = (at: EpochMs) => ({
    ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
    ActionAfterCompletion: 'DELETE' as const,
  });
  const every = {
    ScheduleExpression: 'rate(1 minute)',
    StartDate: new Date(Math.max(sale.opensAt, now + SOON_MS)),
    EndDate: new Date(lateUntil(sale) + SWEEP_LONGEST_MS),
  };
  await create(client, targets, `${sale.id}-open`, targets.openArn, sale.id, once(opening));
  await create(client, targets, sweepName(sale.id), targets.sweepArn, sale.id, every);
  await create(client, targets, `${sale.id}-close`, targets.closeArn, sale.id, once(closing));
}

/** Ends the sweeps of a sale. Ending them twice is no error. */
export async function endSweeps(
  client: SchedulerClient,
  group: string,
  saleId: string,
): Promise<void> {
  try {
    await client.send(new DeleteScheduleCommand({ GroupName: group, Name: sweepName(saleId) }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

const sweepName = (saleId: string): string => `${saleId}-sweep`;

async function create(
  client: SchedulerClient,
  { group, roleArn, deadLetterArn }: ScheduleTargets,
  name: string,
  target: string,
  saleId: string,
  when: Pick<CreateScheduleCommandInput, 'ScheduleExpression'> &
    Partial<CreateScheduleCommandInput>,
): Promise<void> {
  try {
    await client.send(
      new CreateScheduleCommand({
        ...when,
        GroupName: group,
        Name: name,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: target,
          RoleArn: roleArn,
          Input: JSON.stringify({ saleId }),
          DeadLetterConfig: { Arn: deadLetterArn },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}
