import { describe, expect, test } from '@jest/globals';
import { circuitBreaker, throttleReason } from '../../adapters/circuit-breaker.ts';

const throttled = (name = 'ThrottlingException') =>
  Promise.reject(Object.assign(new Error('slow down'), { name }));

describe('throttleReason()', () => {
  test('is the limit that the error names, else the name of the error', () => {
    const error = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    expect(throttleReason(error)).toBe('ThrottlingException');
    const reason = 'TableWriteKeyRangeThroughputExceeded';
    expect(throttleReason(Object.assign(error, { ThrottlingReasons: [{ reason }] }))).toBe(reason);
  });

  test.each([new Error('x'), 'Throttling', undefined])('is nothing for %p', (error) => {
    expect(throttleReason(error)).toBeUndefined();
  });
});

describe('circuitBreaker()', () => {
  test('lets calls through', async () => {
    const guard = circuitBreaker(() => 0);
    expect(await guard(async () => 7)).toEqual({ kind: 'through', value: 7 });
  });

  test('makes no call for a second after one was throttled', async () => {
    let now = 5000;
    let calls = 0;
    const guard = circuitBreaker(() => now);
    const call = async () => ++calls;
    expect(await guard(() => throttled())).toEqual({ kind: 'throttled' });
    now += 999;
    expect([await guard(call), calls]).toEqual([{ kind: 'throttled' }, 0]);
    now += 1;
    expect(await guard(call)).toEqual({ kind: 'through', value: 1 });
  });

  test.each([
    'ThrottlingException',
    'Throttling',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'TooManyRequestsException',
    'RequestThrottled',
  ])('takes %s for a throttle', async (name) => {
    expect(await circuitBreaker(() => 0)(() => throttled(name))).toEqual({ kind: 'throttled' });
  });

  test('tells why it rests, once for each rest', async () => {
    let now = 5000;
    const reasons: string[] = [];
    const guard = circuitBreaker(
      () => now,
      (reason) => reasons.push(reason),
    );
    await guard(() => throttled());
    await guard(() => throttled());
    now += 1000;
    await Promise.all([guard(() => throttled('Throttling')), guard(() => throttled('Throttling'))]);
    expect(reasons).toEqual(['ThrottlingException', 'Throttling']);
  });

  test('throws on what is none, and goes on', async () => {
    const guard = circuitBreaker(() => 0);
    await expect(guard(() => throttled('TimeoutError'))).rejects.toThrow('slow down');
    await expect(guard(() => Promise.reject('Throttling'))).rejects.toBe('Throttling');
    expect(await guard(async () => 1)).toMatchObject({ kind: 'through' });
  });
});
