import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServiceStack, startServiceStack } from './support/service-stack.ts';

const put = (pk: string) => [
  'dynamodb',
  'PutItem',
  { TableName: 'things', Item: { pk: { S: pk } } },
];
const get = (pk: string) => [
  'dynamodb',
  'GetItem',
  { TableName: 'things', Key: { pk: { S: pk } } },
];

describe('faults of the local stack', () => {
  let started: ServiceStack;

  beforeEach(async () => {
    started = await startServiceStack();
  }, 30_000);

  afterEach(() => started?.stack.stop());

  test('a function that is killed before a call has not made it, and ends as crashed', async () => {
    const { stack, call } = started;
    const fault = stack.faults.add({ operation: 'PutItem', nth: 2, action: 'kill-before' });
    await expect(call(put('a'), put('b'))).rejects.toThrow('crashed');
    expect(fault.hits).toBe(1);
    const [a, b] = await call(get('a'), get('b'));
    expect([a.Item !== undefined, b.Item !== undefined]).toEqual([true, false]);
  });

  test('a function that is killed after a call has made it', async () => {
    const { stack, call } = started;
    stack.faults.add({ operation: 'PutItem', nth: 1, action: 'kill-after' });
    await expect(call(put('a'), put('b'))).rejects.toThrow('crashed');
    const [a, b] = await call(get('a'), get('b'));
    expect([a.Item !== undefined, b.Item !== undefined]).toEqual([true, false]);
  });

  test('a killed environment has lost its module state, the next starts anew', async () => {
    const { stack } = started;
    const count = async () =>
      ((await stack.invoke('Caller', { calls: [] })) as { count: number }).count;
    expect([await count(), await count()]).toEqual([1, 2]);
    stack.kill('Caller');
    expect(await count()).toBe(1);
  });

  test('errors before and after a call look alike, but only one was executed', async () => {
    const { stack, call } = started;
    stack.faults.add({ operation: 'PutItem', action: 'error-before' });
    const [failed] = await during(started, () => call(put('a')));
    expect(failed.error).toBe('InternalServerError');
    stack.faults.clear();
    stack.faults.add({ operation: 'PutItem', action: 'error-after' });
    const [lost] = await during(started, () => call(put('b')));
    expect(lost.error).toBe('InternalServerError');
    stack.faults.clear();
    const [a, b] = await call(get('a'), get('b'));
    expect([a.Item !== undefined, b.Item !== undefined]).toEqual([false, true]);
  });

  test('throttling is retried by the client', async () => {
    const { stack, call } = started;
    stack.faults.add({ service: 'dynamodb', nth: 1, action: 'throttle' });
    const [answer] = await during(started, () => call(put('a')));
    expect(answer.error).toBeUndefined();
  });

  test('a message can be delivered twice', async () => {
    const { stack, call, out, lines } = started;
    stack.faults.add({ queue: 'Work', times: 1, action: 'duplicate' });
    await call(['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'twice' }]);
    await stack.settle();
    expect(lines.filter((line) => line === 'Worker: got twice')).toHaveLength(2);
  });

  test('a message can be late', async () => {
    const { stack, call, out, lines } = started;
    stack.faults.add({ queue: 'Work', times: 1, action: 'delay', ms: 20_000 });
    await call(['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'late' }]);
    await stack.settle();
    expect(lines).not.toContain('Worker: got late');
    await stack.clock.advance(20_000);
    expect(lines).toContain('Worker: got late');
  });

  test('several messages of one poll can come the last first; one alone cannot', async () => {
    const { stack, call, out, lines } = started;
    const fault = stack.faults.add({ queue: 'Work', times: 1, action: 'reverse' });
    await call(['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'alone' }]);
    await stack.settle();
    expect(fault.hits).toBe(0);
    const Entries = ['first', 'last'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await call(['sqs', 'SendMessageBatch', { QueueUrl: out('Work'), Entries }]);
    await stack.settle();
    expect(fault.hits).toBe(1);
    expect(lines.slice(-2)).toEqual(['Worker: got last', 'Worker: got first']);
  });

  test('a message that is later than its queue hides it is given to another too', async () => {
    const { stack, call, out, lines } = started;
    stack.faults.add({ queue: 'Work', times: 1, action: 'delay', ms: 61_000 });
    await call(['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'late' }]);
    const times = () => lines.filter((line) => line === 'Worker: got late').length;
    await stack.clock.advance(59_000);
    expect(times()).toBe(0);
    await stack.clock.advance(1500);
    expect(times()).toBe(1);
    await stack.clock.advance(1000);
    expect(times()).toBe(2);
  });

  test('a function behind a queue that waits for virtual time keeps nobody waiting', async () => {
    const { stack, call, out, lines } = started;
    await call(['sqs', 'SendMessage', { QueueUrl: out('Work'), MessageBody: 'slow' }]);
    await stack.settle();
    expect(lines).not.toContain('Worker: got slow');
    await stack.clock.advance(600_000);
    expect(lines).toContain('Worker: got slow');
  });

  test.each([
    ['late', [0, 1]],
    ['twice', [2, 2]],
    ['never', [0, 0]],
  ] as const)('a schedule can come %s', async (action, called) => {
    const { stack, call, out, lines } = started;
    const at = new Date(stack.clock.now() + 60_000).toISOString().slice(0, 19);
    const fault = stack.faults.add({ schedule: 'once', action, ms: 600_000 });
    const schedule = {
      ...{ Name: 'once', GroupName: 'group', ScheduleExpression: `at(${at})` },
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: out('Worker'), RoleArn: 'arn:aws:iam::0:role/r', Input: '{"n":7}' },
    };
    await call(['scheduler', 'CreateSchedule', schedule]);
    const times = () => lines.filter((line) => line === 'Worker: called 7').length;
    await stack.clock.advance(61_000);
    const [soon, later] = called;
    expect(times()).toBe(soon);
    await stack.clock.advance(600_000);
    expect(times()).toBe(later);
    expect(fault.hits).toBe(1);
  });

  test("a function's clock can be wrong", async () => {
    const { stack } = started;
    stack.skew('Caller', 3_600_000);
    const { now } = (await stack.invoke('Caller', { calls: [] })) as { now: number };
    expect(now - stack.clock.now()).toBeGreaterThan(3_590_000);
  });
});

/** Runs what waits for virtual time, and lets that time pass. */
async function during<T>({ stack }: ServiceStack, run: () => Promise<T>): Promise<T> {
  const running = run();
  await stack.clock.advance(5000);
  return running;
}
