/** @module Asks again and again, for as long as somebody looks: a tab in the background asks nothing. */

import { pause, visible } from '../waking.ts';

export type Poll = {
  /** Asks at once. */
  now(): void;
  /** Sets how long it rests from now on. */
  rest(ms: number): void;
  stop(): void;
};

/** Runs until it is stopped, with a rest after each run. A run that fails says so itself. */
export function poll(run: () => Promise<unknown>, ms: number): Poll {
  let isOver = false;
  let restMs = ms;
  let end = () => {};
  const loop = async () => {
    // Whoever began this has what it returns before the first run begins.
    await Promise.resolve();
    for (; !isOver; ) {
      await visible();
      if (isOver) return;
      await run();
      const asked = new Promise<void>((resolve) => {
        end = resolve;
      });
      await Promise.race([pause(restMs), asked]);
    }
  };
  void loop();
  return {
    now: () => end(),
    rest(next) {
      restMs = next;
    },
    stop() {
      isOver = true;
      end();
    },
  };
}
