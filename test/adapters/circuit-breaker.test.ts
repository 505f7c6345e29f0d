import { describe, expect, test } from '@jest/globals';
import { circuitBreaker } from '../../adapters/circuit-breaker.ts';

const throttled = (name = 'ThrottlingException') =>
  Promise.reject(Object.assign(new Error('slow down'), { name }));

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

  test('throws on what is none, and goes on', async () => {
    const guard = circuitBreaker(() => 0);
    await expect(guard(() => throttled('TimeoutError'))).rejects.toThrow('slow down');
    await expect(guard(() => Promise.reject('Throttling'))).rejects.toBe('Throttling');
    expect(await guard(async () => 1)).toMatchObject({ kind: 'through' });
  });
});
