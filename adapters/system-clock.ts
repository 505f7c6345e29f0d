import type { Clock } from '../domain/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

/** Waits some milliseconds. */
export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
