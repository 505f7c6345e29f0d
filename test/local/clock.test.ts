import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../local/clock.ts';

const HOUR_MS = 3_600_000;

describe('VirtualClock', () => {
  test('fires at its own instant what is due, also what that asks for', async () => {
    const clock = new VirtualClock();
    const start = clock.now();
    const fired: number[] = [];
    const note = () => void fired.push(Math.round((clock.now() - start) / 1000));
    clock.after(5000, () => {
      note();
      clock.after(5000, note);
    });
    await clock.advance(9000);
    expect(fired).toEqual([5]);
    await clock.advance(2000);
    expect(fired).toEqual([5, 10]);
    clock.stop();
  });

  test('fires in real time what a jump has brought near', async () => {
    const clock = new VirtualClock();
    const isFired = new Promise<void>((resolve) => clock.after(HOUR_MS, resolve));
    await clock.advance(HOUR_MS - 10);
    await isFired;
    clock.stop();
  });

  test('does so where the jump ended with an error', async () => {
    const clock = new VirtualClock();
    const isFired = new Promise<void>((resolve) => clock.after(HOUR_MS + 10, resolve));
    clock.after(HOUR_MS, () => {
      throw new Error('bad');
    });
    await expect(clock.advance(2 * HOUR_MS)).rejects.toThrow('bad');
    await isFired;
    clock.stop();
  });

  test('fires nothing once it is stopped, be it asked for afterwards', async () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.after(1, () => void fired.push('asked before'));
    clock.stop();
    clock.after(1, () => void fired.push('asked after'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(fired).toEqual([]);
  });
});
