import { describe, expect, test } from '@jest/globals';
import { inParallel } from '../../domain/parallel.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('inParallel()', () => {
  test('does something with each element once, and never with more than so many at a time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    const elements = Array.from({ length: 20 }, (_, index) => index);
    await inParallel(3, elements, async (element) => {
      most = Math.max(most, ++running);
      await nextTurn();
      running--;
      done.push(element);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual(elements);
    expect(most).toBe(3);
  });

  test('throws the first failure once the rest has ended', async () => {
    const done: number[] = [];
    const each = async (element: number) => {
      await nextTurn();
      if (element < 3) throw new Error(`failed ${element}`);
      done.push(element);
    };
    await expect(inParallel(2, [1, 2, 3, 4], each)).rejects.toThrow('failed 1');
    expect(done).toEqual([3, 4]);
  });

  test('does nothing with nothing', async () => {
    await expect(inParallel(3, [], () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
  });
});
