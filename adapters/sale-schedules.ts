/**
 * @module
 * The schedules of a sale in EventBridge Scheduler: warming up, opening, sweeps, closing, cooling down, reconciliation.
 * One recurring sweep, not one an order.
 */

import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { latestClosing } from '../domain/closing-steps.ts';
import type { Clock } from '../domain/ports.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { lateUntil } from '../domain/sweep-sale.ts';
import { type EpochMs, epochSeconds } from '../domain/units.ts';
import { WARM_EARLY_MS, warmUntil } from '../domain/warmth.ts';

/** Scheduler is exact to the minute only: the opening function is called early and waits for the second. */
const OPEN_EARLY_MS = 2 * 60_000;

/** A one-time schedule must lie ahead. */
const SOON_MS = 2000;

/** Sweeps end by themselves once nothing is open; this is for the sale where that never comes. */
const SWEEP_LONGEST_MS = 7 * 24 * 3600 * 1000;

/** Clocks differ: the end of a crowd has come on all of them. */
const COOL_LATE_MS = 60_000;

/** Two sweeps after the last late payment, which end the sweeping, and their messages. */
const RECONCILE_LATE_MS = 10 * 60_000;

/** What the schedules call, and as whom. */
export type ScheduleTargets = {
  readonly group: string;
  readonly roleArn: string;
  readonly deadLetterArn: string;
  readonly warmArn: string;
  readonly openArn: string;
  readonly sweepArn: string;
  readonly closeArn: string;
  readonly reconcileArn: string;
};

/** A schedule to be: what its name says of it after the sale's id, what it calls, and when. */
type Plan = {
  readonly name: string;
  readonly target: string;
  readonly when: Pick<CreateScheduleCommandInput, 'ScheduleExpression'> &
    Partial<CreateScheduleCommandInput>;
};

/** The schedules of a deployment's sales. @param targets throws where it has none */
export const saleSchedules = (
  client: SchedulerClient,
  targets: () => ScheduleTargets,
  clock: Clock,
) => ({
  create: async (sale: PublishedSale) => createSchedules(client, targets(), sale, clock()),
  createEnd: async (sale: PublishedSale) => createEndSchedules(client, targets(), sale, clock()),
  wanted: (sale: PublishedSale) => wantedSchedules(targets(), sale),
});

/** Creates the schedules of a sale; those that are there stay as they are. */
export async function createSchedules(
  client: SchedulerClient,
  targets: ScheduleTargets,
  sale: PublishedSale,
  now: EpochMs,
): Promise<void> {
  for (const plan of beginPlans(targets, sale, now)) await create(client, targets, sale.id, plan);
  await createEndSchedules(client, targets, sale, now);
}

function beginPlans(
  { warmArn, openArn, sweepArn }: ScheduleTargets,
  sale: PublishedSale,
  now: EpochMs,
): readonly Plan[] {
  const every = {
    ScheduleExpression: 'rate(1 minute)',
    StartDate: new Date(Math.max(sale.opensAt, now + SOON_MS)),
    EndDate: new Date(lateUntil({ ...sale, closesAt: latestClosing(sale) }) + SWEEP_LONGEST_MS),
  };
  return [
    { name: 'warm', target: warmArn, when: once(sale.opensAt - WARM_EARLY_MS, now) },
    { name: 'open', target: openArn, when: once(sale.opensAt - OPEN_EARLY_MS, now) },
    { name: SWEEP, target: sweepArn, when: every },
  ];
}

/**
 * Creates those schedules of a sale that go by its closing. A closing that was moved has schedules of its own, by its
 * second: those of the closing before come for nothing, and none has to be changed while it may be firing.
 */
export async function createEndSchedules(
  client: SchedulerClient,
  targets: ScheduleTargets,
  sale: PublishedSale,
  now: EpochMs,
): Promise<void> {
  for (const plan of endPlans(targets, sale, now)) await create(client, targets, sale.id, plan);
}

function endPlans(
  { closeArn, warmArn, reconcileArn }: ScheduleTargets,
  sale: PublishedSale,
  now: EpochMs,
): readonly Plan[] {
  const { closesAt, plannedClosesAt } = sale;
  const of = plannedClosesAt === undefined ? '' : `-${epochSeconds(closesAt)}`;
  return [
    { name: `close${of}`, target: closeArn, when: once(wholeSecond(closesAt), now) },
    { name: `cool${of}`, target: warmArn, when: once(warmUntil(sale) + COOL_LATE_MS, now) },
    {
      name: `reconcile${of}`,
      target: reconcileArn,
      when: once(lateUntil(sale) + RECONCILE_LATE_MS, now),
    },
  ];
}

/** The schedules that a sale should have: by name, what each calls, and what publishing says of when. */
const wantedSchedules = (targets: ScheduleTargets, sale: PublishedSale) =>
  [...beginPlans(targets, sale, LONG_AGO), ...endPlans(targets, sale, LONG_AGO)].map(
    ({ name, target, when }) => ({ name: nameOf(sale.id, name), target, when }),
  );

/** Nothing that is planned is past by then: each instant is as it was meant. */
const LONG_AGO: EpochMs = 0;

/** A schedule has whole seconds, and a closing that comes before its time is turned away. */
const wholeSecond = (instant: EpochMs): EpochMs => Math.ceil(instant / 1000) * 1000;

/** Once, at an instant, or soon where that is past. */
const once = (instant: EpochMs, now: EpochMs): Plan['when'] => ({
  ScheduleExpression: `at(${new Date(Math.max(instant, now + SOON_MS)).toISOString().slice(0, 19)})`,
  ActionAfterCompletion: 'DELETE' as const,
});

/** Ends the sweeps of a sale. Ending them twice is no error. */
export async function endSweeps(
  client: SchedulerClient,
  group: string,
  saleId: string,
): Promise<void> {
  try {
    await client.send(new DeleteScheduleCommand({ GroupName: group, Name: nameOf(saleId, SWEEP) }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

const SWEEP = 'sweep';

const nameOf = (saleId: string, name: string): string => `${saleId}-${name}`;

async function create(
  client: SchedulerClient,
  targets: ScheduleTargets,
  saleId: string,
  { name, target, when }: Plan,
): Promise<void> {
  const { group, roleArn, deadLetterArn } = targets;
  // What a function fails on lies among the dead letters of all functions, and nothing else on it says whose it was.
  const task = Object.entries(targets)
    .find(([, arn]) => arn === target)?.[0]
    .replace('Arn', '');
  try {
    await client.send(
      new CreateScheduleCommand({
        ...when,
        GroupName: group,
        Name: nameOf(saleId, name),
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: target,
          RoleArn: roleArn,
          Input: JSON.stringify({ saleId, task }),
          DeadLetterConfig: { Arn: deadLetterArn },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}
