import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ServiceStack, startServiceStack } from './support/service-stack.ts';

describe('queues and schedules of the local stack', () => {
  let stack: ServiceStack['stack'];
  let call: ServiceStack['call'];
  let out: ServiceStack['out'];
  let lines: ServiceStack['lines'];

  beforeAll(async () => {
    ({ stack, call, out, lines } = await startServiceStack());
  }, 30_000);

  afterAll(() => stack?.stop());

  test('SQS source: only what failed comes back, then goes to the dead-letter queue', async () => {
    await call(
      ['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'good' }],
      ['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'bad' }],
    );
    await stack.settle();
    expect(lines.filter((line) => line === 'Worker: got good')).toHaveLength(1);
    expect(lines.filter((line) => line === 'Worker: got bad')).toHaveLength(1);
    await stack.clock.advance(130_000);
    expect(lines.filter((line) => line === 'Worker: got bad')).toHaveLength(2);
    const [{ Messages }] = await call(['sqs', 'ReceiveMessage', { QueueUrl: out('Dead') }]);
    expect(Messages[0].Body).toBe('bad');
    await call([
      'sqs',
      'DeleteMessage',
      { QueueUrl: out('Dead'), ReceiptHandle: Messages[0].ReceiptHandle },
    ]);
  });

  test('SQS: a delayed message is delivered when its time has come, and not before', async () => {
    await call([
      'sqs',
      'SendMessage',
      { QueueUrl: out('Work'), MessageBody: 'late', DelaySeconds: 600 },
    ]);
    await stack.clock.advance(599_000);
    expect(lines).not.toContain('Worker: got late');
    await stack.clock.advance(1000);
    expect(lines).toContain('Worker: got late');
  });

  test('Scheduler: at() fires in its time zone, once, and deletes itself', async () => {
    const due = new Date(stack.clock.now() + 3 * 3_600_000);
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Tokyo',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const schedule = {
      Name: 'once',
      GroupName: 'group',
      ScheduleExpression: `at(${local.format(due).replace(' ', 'T')})`,
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: out('Worker'), RoleArn: 'arn:aws:iam::0:role/r', Input: '{"n":1}' },
    };
    const [created, again] = await call(
      ['scheduler', 'CreateSchedule', schedule],
      ['scheduler', 'CreateSchedule', schedule],
    );
    expect(created.ScheduleArn).toContain('group/once');
    expect(again.error).toBe('ConflictException');
    await stack.clock.advance(3 * 3_600_000 - 5000);
    expect(lines).not.toContain('Worker: called 1');
    await stack.clock.advance(5000);
    expect(lines.filter((line) => line === 'Worker: called 1')).toHaveLength(1);
    const [gone] = await call(['scheduler', 'GetSchedule', { Name: 'once', GroupName: 'group' }]);
    expect(gone.error).toBe('ResourceNotFoundException');
  });

  test('Scheduler: rate() fires until its end', async () => {
    const now = stack.clock.now();
    await call([
      'scheduler',
      'CreateSchedule',
      {
        Name: 'often',
        GroupName: 'group',
        ScheduleExpression: 'rate(1 minute)',
        StartDate: new Date(now + 60_000),
        EndDate: new Date(now + 150_000),
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: out('Worker'), RoleArn: 'arn:aws:iam::0:role/r', Input: '{"n":2}' },
      },
    ]);
    await stack.clock.advance(600_000);
    expect(lines.filter((line) => line === 'Worker: called 2')).toHaveLength(2);
  });

  test('Scheduler: a function that fails is tried three times, then its event is a dead letter', async () => {
    await call([
      'scheduler',
      'CreateSchedule',
      {
        Name: 'failing',
        GroupName: 'group',
        ScheduleExpression: 'at(2020-01-01T00:00:00)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: out('Worker'),
          RoleArn: 'arn:aws:iam::0:role/r',
          Input: '{"n":3,"fail":true}',
        },
      },
    ]);
    await stack.clock.advance(200_000);
    expect(lines.filter((line) => line === 'Worker: called 3')).toHaveLength(3);
    const receive = { QueueUrl: out('Dead'), MessageAttributeNames: ['All'] };
    const [{ Messages }] = await call(['sqs', 'ReceiveMessage', receive]);
    expect(JSON.parse(Messages[0].Body)).toEqual({ n: 3, fail: true });
    // As Lambda does: nothing else says why it is there.
    expect(Messages[0].MessageAttributes).toMatchObject({
      RequestID: { DataType: 'String' },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: expect.stringMatching(/./) },
    });
  });
});
