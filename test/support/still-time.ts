/** @module Time that stands still, so that a stack's clock shows exactly what a test has set it to. */

import { jest } from '@jest/globals';

/** Everything but `Date`: servers and threads go on. */
const REAL = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** From now on the stack's clock, which is this process's and an offset, goes on by `advance` alone. */
export const stopTime = () => jest.useFakeTimers({ doNotFake: [...REAL], now: Date.now() });

/** Lets time go on by itself again. */
export const releaseTime = () => jest.useRealTimers();
