/** @module Domain events on an EventBridge bus. */

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '../domain/events.ts';
import type { EventBus } from '../domain/ports.ts';
import type { EventBridge } from './aws-clients.ts';

/** The `source` of everything that this system publishes. */
const SOURCE = 'flash-sale';

/** Entries of one call. */
const MOST_ENTRIES = 10;

/** The bus with a name. */
export const eventBus = (client: EventBridge, name: string): EventBus => ({
  async publish(events) {
    for (let from = 0; from < events.length; from += MOST_ENTRIES) {
      await put(client, name, events.slice(from, from + MOST_ENTRIES));
    }
  },
});

async function put(client: EventBridge, name: string, events: readonly DomainEvent[]) {
  const { FailedEntryCount = 0 } = await client.send(
    new PutEventsCommand({
      Entries: events.map(({ type, detail }) => ({
        EventBusName: name,
        Source: SOURCE,
        DetailType: type,
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  if (FailedEntryCount > 0) {
    throw new Error(`Cannot publish ${FailedEntryCount} of ${events.length} events: refused`);
  }
}
