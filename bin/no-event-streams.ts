/** @module Stands in for the SDK's codec of event streams, which no operation that a function calls has. */

/** What a protocol makes of an operation that streams: here there is none. */
export class EventStreamSerde {
  constructor() {
    throw new Error('Cannot stream events: the bundle has no codec for them (bin/lean-sdk.ts)');
  }
}
