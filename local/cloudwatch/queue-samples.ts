/** @module How full queues are and how long messages have waited, as SQS tells CloudWatch once a minute. */

import type { EngineClient } from '../engines/engine-client.ts';
import type { Metrics } from '../metrics.ts';
import { textOf } from '../services/aws-http.ts';

type Message = { readonly sentTimestamp: number };

/** What the engine shows of a queue without taking anything out. */
type Shown = {
  readonly messages: {
    readonly ready: readonly Message[];
    readonly delayed: readonly Message[];
    readonly inflight: readonly { readonly message: Message }[];
  };
};

/** Looks into queues, and keeps what it sees as metrics. */
export async function sampleQueues(
  names: readonly string[],
  queues: EngineClient,
  metrics: Metrics,
  now: number,
): Promise<void> {
  for (const name of names) {
    const path = `/_fauxqs/queues/${encodeURIComponent(name)}`;
    const { body } = await queues.forward({ method: 'GET', path, headers: {}, body: '' });
    const { ready, inflight } = (JSON.parse(textOf(body)) as Shown).messages;
    const all = [...ready, ...inflight.map(({ message }) => message)];
    const oldest = all.reduce((least, one) => Math.min(least, one.sentTimestamp), now);
    const values = {
      ApproximateNumberOfMessagesVisible: ready.length,
      ApproximateNumberOfMessagesNotVisible: inflight.length,
      ApproximateAgeOfOldestMessage: (now - oldest) / 1000,
    };
    for (const [metric, value] of Object.entries(values)) {
      const dimensions = { QueueName: name };
      metrics.series({ namespace: 'AWS/SQS', name: metric, dimensions }).add(value, now);
    }
  }
}
