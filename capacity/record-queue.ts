/** @module The orders queue: what changes of orders send, and how fast the record function takes it. */

import type { Limits } from './limits.ts';
import { ORDERS_BATCH } from './sizes.ts';
import { TICK } from './tick.ts';
import { RECORD_BATCH_SECONDS } from './timings.ts';

export type RecordQueue = {
  /** Takes the messages of a tick. @returns how many are left waiting */
  work(messages: number): number;
};

/** Begins with a few batches at once, and gains more for as long as something waits. */
export function recordQueue(limits: Limits): RecordQueue {
  const { recordBatches, pollersAtFirst, newPollers } = limits;
  let waiting = 0;
  let batches = Math.min(recordBatches, pollersAtFirst);
  return {
    work(messages) {
      waiting += messages;
      waiting -= Math.min(waiting, (batches * ORDERS_BATCH * TICK) / RECORD_BATCH_SECONDS);
      batches =
        waiting > 0
          ? Math.min(recordBatches, batches + (newPollers / 60) * TICK)
          : Math.min(recordBatches, pollersAtFirst);
      return waiting;
    },
  };
}
