/** @module Waits until nothing happens any more that needs no virtual time to pass. */

import type { EngineClient } from './engines/engine-client.ts';
import type { EventSource } from './lambda/event-source.ts';
import type { Functions } from './lambda/functions.ts';
import { textOf } from './services/aws-http.ts';

/** Until a stack that does not come to rest is an error. Real time. */
const PATIENCE_MS = 120_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @throws {Error} when functions or queues stay busy for two minutes */
export async function settle(
  functions: Functions,
  sources: readonly EventSource[],
  queues: EngineClient,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let rested = 0;
  // Twice: between two looks, an answer may travel that starts something new.
  while (rested < 2) {
    const busy = functions.isBusy || (await anyBusy(sources, queues));
    rested = busy ? 0 : rested + 1;
    if (performance.now() > deadline)
      throw new Error('Cannot settle: functions or queues are still busy');
    await pause(1);
  }
}

async function anyBusy(sources: readonly EventSource[], queues: EngineClient): Promise<boolean> {
  const looks = sources.map(async (source) => source.isBusy || (await hasMessages(source, queues)));
  return (await Promise.all(looks)).includes(true);
}

async function hasMessages(source: EventSource, queues: EngineClient): Promise<boolean> {
  const { body } = await queues.json(
    'AmazonSQS.GetQueueAttributes',
    JSON.stringify({
      QueueUrl: source.queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const { Attributes } = JSON.parse(textOf(body));
  if (Number(Attributes.ApproximateNumberOfMessages) > 0) return true;
  // In flight, and not because it failed: on its way to a poller.
  return Number(Attributes.ApproximateNumberOfMessagesNotVisible) > source.hidden;
}
