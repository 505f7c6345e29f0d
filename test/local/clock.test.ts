import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../local/clock.ts';

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
