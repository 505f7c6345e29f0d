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
