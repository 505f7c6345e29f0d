/** @module Schedules as Scheduler has them. */

import {
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  ResourceNotFoundException,
  SchedulerClient,
  type SchedulerClientConfig,
} from '@aws-sdk/client-scheduler';
import type { ScheduleFacts } from '../domain/preflight-facts.ts';
import type { Learnt } from '../domain/preflight-line.ts';
import { ask } from './account-ask.ts';

/** One schedule of a group, or that it is missing. */
export const scheduleFacts = (
  settings: SchedulerClientConfig,
  GroupName: string,
  Name: string,
): Promise<Learnt<ScheduleFacts | 'missing'>> =>
  ask('scheduler:GetSchedule', async () => {
    const client = new SchedulerClient(settings);
    try {
      return factsOf(await client.send(new GetScheduleCommand({ GroupName, Name })));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return 'missing';
      throw error;
    }
  });

function factsOf({
  State = 'ENABLED',
  ScheduleExpression = '',
  StartDate,
  Target,
}: GetScheduleCommandOutput): ScheduleFacts {
  return {
    state: State,
    at: StartDate?.getTime() ?? instantIn(ScheduleExpression),
    target: Target?.Arn ?? '',
  };
}

/** The instant of `at(2026-11-21T20:00:00)`, which is in UTC where no other zone is named, as none is by publishing. */
export function instantIn(expression: string): number | undefined {
  const text = /^at\((.+)\)$/.exec(expression)?.[1];
  return text === undefined ? undefined : Date.parse(`${text}Z`);
}
