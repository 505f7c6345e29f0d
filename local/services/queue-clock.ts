/** @module Has the virtual clock stop where a delayed or hidden message becomes visible. */

import type { VirtualClock } from '../clock.ts';
import { textOf } from './aws-http.ts';

const DELAYING: ReadonlySet<string> = new Set([
  'SendMessage',
  'SendMessageBatch',
  'ChangeMessageVisibility',
  'ChangeMessageVisibilityBatch',
]);

/** fauxqs looks at its timers every 20 ms, in real time, while anybody waits for a message. */
export const messagesAppear = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 25);
  });

export const wakeForQueueCalls =
  (clock: VirtualClock) =>
  (operation: string, body: string | Uint8Array): void => {
    if (!DELAYING.has(operation)) return;
    const seconds = textOf(body).matchAll(/"(?:DelaySeconds|VisibilityTimeout)"\s*:\s*(\d+)/g);
    for (const [, delay] of seconds) {
      if (Number(delay) > 0) clock.after(Number(delay) * 1000, messagesAppear);
    }
  };
