/** @module Has the virtual clock stop where a delayed or hidden message becomes visible. */

import type { VirtualClock } from '../clock.ts';
import { textOf } from './aws-http.ts';

const DELAYING: ReadonlySet<string> = new Set([
  'SendMessage',
  'SendMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
]);

/** @param deliverDue Returns when the queues have given out what is due. */
export const wakeForQueueCalls =
  (clock: VirtualClock, deliverDue: () => Promise<void>) =>
  (operation: string, body: string | Uint8Array): void => {
    if (!DELAYING.has(operation)) return;
    const seconds = textOf(body).matchAll(/"(?:DelaySeconds|VisibilityTimeout)"\s*:\s*(\d+)/g);
    for (const [, delay] of seconds) {
      if (Number(delay) > 0) clock.after(Number(delay) * 1000, deliverDue);
    }
  };
