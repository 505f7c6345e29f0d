/** @module The schedules that a sale has, and when each runs next. */

import {
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  paginateListSchedules,
  ResourceNotFoundException,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { EpochMs } from '../domain/units.ts';
import type { Deployment } from './deployment.ts';

export type PlannedRun = {
  readonly name: string;
  /** As Scheduler has it, such as `at(2026-11-27T19:58:00)` or `rate(1 minute)`. */
  readonly expression: string;
  readonly isEnabled: boolean;
  /** Nothing where it will not run any more, or its expression is none that this project writes. */
  readonly nextAt?: EpochMs;
};

/** Reads the schedules of a sale. @throws where it may not list them */
export async function plannedRuns(
  { settings, outputs, clock }: Pick<Deployment, 'settings' | 'outputs' | 'clock'>,
  saleId: string,
): Promise<readonly PlannedRun[]> {
  const client = new SchedulerClient(settings);
  const names: string[] = [];
  const query = { GroupName: outputs.ScheduleGroup, NamePrefix: `${saleId}-` };
  for await (const { Schedules = [] } of paginateListSchedules({ client }, query)) {
    names.push(...Schedules.flatMap(({ Name }) => Name ?? []));
  }
  const found = await Promise.all(names.map((name) => one(client, outputs.ScheduleGroup, name)));
  const ours = found.filter((schedule) => schedule !== undefined && isFor(saleId, schedule));
  const runs = ours.flatMap((schedule) => (schedule ? [runOf(schedule, clock())] : []));
  return runs.toSorted((a, b) => (a.nextAt ?? Infinity) - (b.nextAt ?? Infinity));
}

/** Sale ids may have dashes: what begins with `night-` may belong to `night-2`. */
const isFor = (saleId: string, { Target }: GetScheduleCommandOutput): boolean =>
  (JSON.parse(Target?.Input ?? '{}') as { readonly saleId?: string }).saleId === saleId;

/** One that has run for the last time meanwhile is gone. */
async function one(client: SchedulerClient, GroupName: string, Name: string) {
  try {
    return await client.send(new GetScheduleCommand({ GroupName, Name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

type Stored = Pick<
  GetScheduleCommandOutput,
  'Name' | 'ScheduleExpression' | 'State' | 'StartDate' | 'EndDate'
>;

function runOf(schedule: Stored, now: EpochMs): PlannedRun {
  const { Name = '', ScheduleExpression = '', State } = schedule;
  const nextAt = nextRun(schedule, now);
  return {
    ...{ name: Name, expression: ScheduleExpression, isEnabled: State !== 'DISABLED' },
    ...(nextAt !== undefined && State !== 'DISABLED' && { nextAt }),
  };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** When a schedule runs next: to the second for `at`, to the period for `rate`, which counts from its start. */
export function nextRun(
  { ScheduleExpression = '', StartDate, EndDate }: Stored,
  now: EpochMs,
): EpochMs | undefined {
  const [, at] = /^at\((.+)\)$/.exec(ScheduleExpression) ?? [];
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
  const next =
    at === undefined
      ? nextPeriod(Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN), StartDate?.getTime(), now)
      : Date.parse(`${at}Z`);
  const isOver = EndDate !== undefined && next > EndDate.getTime();
  return Number.isNaN(next) || next < now || isOver ? undefined : next;
}

function nextPeriod(periodMs: number, start: EpochMs | undefined, now: EpochMs): EpochMs {
  if (start === undefined || start >= now) return start ?? now + periodMs;
  return start + Math.ceil((now - start) / periodMs) * periodMs;
}
