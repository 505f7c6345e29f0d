/**
 * @module
 * From a message to an order record. The claim is the truth, the message only says where to look: so a duplicate, late
 * or reordered one does no harm.
 */

import { factsOf, visibleState } from './claim.ts';
import { type DomainEvent, orderEvent } from './events.ts';
import type { Claim } from './items.ts';
import type { OrderFacts, OrderMessage, OrderState } from './messages.ts';
import { isBehind, type OrderRecord, recordKey, recordOf } from './order-record.ts';
import { absent, type Condition, equals, type Put } from './write.ts';

/** What a message leads to: events to publish, then a record to write. */
export type Advance = {
  readonly events: readonly DomainEvent[];
  readonly write: Put | undefined;
};

/**
 * Decides what a message leads to. Events come before the record, so that a crash between them repeats events, whose
 * ids are the same, and never leaves one out.
 *
 * @param claim as it is now, strongly consistent
 * @param record as it is now, strongly consistent
 */
export function advance(
  message: OrderMessage,
  claim: Claim | undefined,
  record: OrderRecord | undefined,
): Advance {
  const { state, facts } = truth(message, claim);
  const passed = statesUpTo(state).filter((one) => isBehind(record, one));
  if (passed.length === 0) return { events: [], write: undefined };
  return {
    events: passed.map((one) => orderEvent(message, message.holder, one, facts)),
    write: {
      item: recordKey(message, message.holder),
      when: isStill(record),
      put: { ...recordOf(message, message.holder, state, facts) },
    },
  };
}

/** A claim that has gone on to a later attempt, or is erased, says nothing of this order any more. */
function truth(
  message: OrderMessage,
  claim: Claim | undefined,
): { readonly state: OrderState; readonly facts: OrderFacts } {
  const state = claim?.holder === message.holder ? visibleState(claim) : undefined;
  // RELEASED is sent before the claim can be taken over, so that a message from before it is followed by one of it.
  if (claim === undefined || state === undefined) return message;
  return { state, facts: factsOf(claim) };
}

const statesUpTo = (state: OrderState): readonly OrderState[] =>
  state === 'RESERVED' ? ['RESERVED'] : ['RESERVED', state];

const isStill = (record: OrderRecord | undefined): Condition =>
  record === undefined ? absent : equals('state', record.state);
