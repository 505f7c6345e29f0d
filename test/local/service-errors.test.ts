/** The services that are ours refuse what AWS refuses, with the same errors. */

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { writeAssembly } from './support/assembly.ts';

let stack: LocalStack;
let events: EventBridgeClient;
let scheduler: SchedulerClient;

beforeAll(async () => {
  stack = await startLocalStack({
    assembly: writeAssembly({
      Test: {
        resources: {
          Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
          Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'group' } },
          Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue' } },
        },
      },
    }),
  });
  events = new EventBridgeClient(stack.clientOverrides);
  scheduler = new SchedulerClient(stack.clientOverrides);
});

afterAll(() => stack?.stop());

const entry = (changes: object) => ({
  ...{ EventBusName: 'bus', Source: 's', DetailType: 'd', Detail: '{}' },
  ...changes,
});

describe('PutEvents', () => {
  test.each([
    [{ EventBusName: 'other' }, 'there is no bus "other"'],
    [{ Source: undefined }, 'Source or DetailType is missing'],
    [{ Detail: '{' }, 'Detail is malformed'],
    [{ Detail: '1' }, 'Detail is malformed'],
  ])('fails an entry with %j alone', async (changes, why) => {
    const before = stack.events.length;
    const answer = await events.send(
      new PutEventsCommand({ Entries: [entry(changes), entry({ Time: new Date(5000) })] }),
    );
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[0]?.ErrorMessage).toContain(why);
    expect(stack.events.slice(before)).toMatchObject([{ bus: 'bus', epochMs: 5000 }]);
  });

  test('takes at most 10 entries', async () => {
    const Entries = Array.from({ length: 11 }, () => entry({}));
    await expect(events.send(new PutEventsCommand({ Entries }))).rejects.toThrow('at most 10');
  });
});

const schedule = (changes: object = {}) => ({
  GroupName: 'group',
  Name: 'one',
  ScheduleExpression: 'rate(1 minute)',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:queue', RoleArn: 'arn:aws:iam::0:role/r' },
  ...changes,
});

describe('Scheduler', () => {
  test('creates a name once, finds, changes and deletes it', async () => {
    await scheduler.send(new CreateScheduleCommand(schedule()));
    await expect(scheduler.send(new CreateScheduleCommand(schedule()))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await scheduler.send(
      new UpdateScheduleCommand(schedule({ ScheduleExpression: 'rate(2 minutes)' })),
    );
    const one = { GroupName: 'group', Name: 'one' };
    expect(await scheduler.send(new GetScheduleCommand(one))).toMatchObject({
      ScheduleExpression: 'rate(2 minutes)',
    });
    const listed = (prefix: string) =>
      scheduler.send(new ListSchedulesCommand({ GroupName: 'group', NamePrefix: prefix }));
    expect((await listed('o')).Schedules).toHaveLength(1);
    expect((await listed('x')).Schedules).toHaveLength(0);
    await scheduler.send(new DeleteScheduleCommand(one));
    await expect(scheduler.send(new GetScheduleCommand(one))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('knows its groups, its schedules and its targets', async () => {
    const elsewhere = schedule({ GroupName: 'other' });
    await expect(scheduler.send(new CreateScheduleCommand(elsewhere))).rejects.toThrow(
      'Schedule group other does not exist.',
    );
    const unknown = schedule({ Name: 'two' });
    await expect(scheduler.send(new UpdateScheduleCommand(unknown))).rejects.toThrow(
      'Schedule two does not exist.',
    );
    const lost = schedule({ Target: { Arn: 'arn:aws:sns:us-east-1:0:none', RoleArn: 'r' } });
    await expect(scheduler.send(new CreateScheduleCommand(lost))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
