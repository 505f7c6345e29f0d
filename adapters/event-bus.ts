/** @module Domain events on an EventBridge bus. */

import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBus } from '../domain/ports.ts';

/** The `source` of everything that this system publishes. */
const SOURCE = 'flash-sale';

/** The bus with a name. */
export const eventBus = (client: EventBridgeClient, name: string): EventBus => ({
  async publish(events) {
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
  },
});
