/** @module A batch of messages to events and records, each on its own: one that fails fails alone. */

import { type DomainEvent, refundEvent, saleEvent } from './events.ts';
import type { Claim } from './items.ts';
import type { Message, OrderMessage } from './messages.ts';
import { orderIdOf, orderOf } from './order-id.ts';
import { type OrderRecord, recordKey } from './order-record.ts';
import type { EventBus, Store } from './ports.ts';
import { type Advance, advance } from './record.ts';
import { claimKeyOf } from './steps.ts';

export type RecordWorld = { readonly store: Store; readonly bus: EventBus };

type Failure = Error | undefined;

/** @returns for each message, in order, why it failed, or nothing */
export async function recordAll(
  world: RecordWorld,
  messages: readonly Message[],
): Promise<readonly Failure[]> {
  // Two messages of one order in a batch would both see the same record: one after the other they do not.
  const rounds = roundsOf(messages);
  const failures = new Map<Message, Failure>();
  for (const round of rounds) {
    const outcomes = await recordRound(world, round);
    for (const [index, message] of round.entries()) failures.set(message, outcomes[index]);
  }
  return messages.map((message) => failures.get(message));
}

/** Splits messages so that no round has two of one order. */
function roundsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const rounds: Message[][] = [];
  const seen = new Map<string, number>();
  for (const message of messages) {
    const isOrder = message?.kind === 'order' && isMessage(message);
    const name = isOrder ? `${message.sku}.${message.holder}` : `#${seen.size}`;
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    rounds[round] ??= [];
    rounds[round].push(message);
  }
  return rounds;
}

async function recordRound(world: RecordWorld, messages: readonly Message[]): Promise<Failure[]> {
  const readable = messages.map(isMessage);
  const orders = messages.filter(
    (one, index): one is OrderMessage => readable[index] === true && one.kind === 'order',
  );
  const seen = await world.store.read([
    ...orders.map((one) => claimKeyOf(one, one.holder)),
    ...orders.map((one) => recordKey(one, one.holder)),
  ]);
  const advances = new Map(
    orders.map((one, index) => [
      one as Message,
      advance(
        one,
        seen[index] as unknown as Claim | undefined,
        seen[orders.length + index] as unknown as OrderRecord | undefined,
      ),
    ]),
  );
  return recordTogether(
    world,
    messages.map((message, index) =>
      readable[index] ? (advances.get(message) ?? published(message)) : unreadable(message),
    ),
  );
}

/** Events first, then records. @param asked what each message leads to, or why it cannot be read */
async function recordTogether(
  { store, bus }: RecordWorld,
  asked: readonly (Advance | Error)[],
): Promise<Failure[]> {
  const untold = await publishAll(
    bus,
    asked.map((one) => (one instanceof Error ? [] : one.events)),
  );
  return Promise.all(
    asked.map((one, index) =>
      one instanceof Error ? one : (untold[index] ?? recordOne(store, one)),
    ),
  );
}

/**
 * Publishes what each message leads to, all of it in one call. Where that fails each goes alone, so that one that the bus
 * does not take holds up no other: what was taken before is published again, under the same ids.
 */
async function publishAll(
  bus: EventBus,
  events: readonly (readonly DomainEvent[])[],
): Promise<readonly Failure[]> {
  const publish = (some: readonly DomainEvent[]): Promise<Failure> =>
    some.length === 0
      ? NOTHING
      : bus.publish(some).then(
          () => undefined,
          (error: Error) => error,
        );
  if (events.filter(({ length }) => length > 0).length > 1) {
    const failure = await publish(events.flat());
    if (failure === undefined) return [];
  }
  return Promise.all(events.map(publish));
}

const NOTHING = Promise.resolve(undefined);

/** Messages that lead to an event and to nothing else. */
const published = (message: Message): Advance => ({ events: [eventOf(message)], write: undefined });

function eventOf(message: Message): DomainEvent {
  if (message.kind === 'refund') return refundEvent(message);
  if (message.kind === 'sale') return saleEvent(message);
  throw new TypeError(`Cannot publish an order message as it is: "${message.state}"`);
}

async function recordOne(store: Store, { write }: Advance): Promise<Failure> {
  if (write === undefined) return undefined;
  try {
    const written = await store.write(write);
    // Somebody else moved the record meanwhile: the message comes again and sees what is left to do.
    return written.kind === 'done' ? undefined : new Error('the record moved meanwhile');
  } catch (error) {
    return error as Error;
  }
}

const STATES: ReadonlySet<unknown> = new Set(['RESERVED', 'PAID', 'RELEASED']);

/** What is a text in each kind of message. */
const TEXTS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['order', ['saleId', 'sku', 'holder']],
  ['refund', ['saleId', 'sku', 'holder', 'payment', 'reason']],
  ['sale', ['saleId', 'what', 'occurrence']],
]);

/** What else arrives is not ours, and ends in the dead-letter queue for somebody to look at. */
const isMessage = (message: Message): boolean => flawOf(message) === undefined;

/**
 * Why something that came on the orders queue can never be recorded.
 *
 * @param message whatever JSON has come
 * @returns nothing where it is a message of ours
 */
export function flawOf(message: Message): string | undefined {
  const { v, kind } = (message ?? {}) as Partial<Message>;
  const texts = TEXTS.get(kind);
  // As JSON: what is made of an object otherwise is the object's own affair, and may throw for the whole batch.
  if (v !== 1 || texts === undefined) {
    return `it is of kind ${JSON.stringify(kind)}, version ${JSON.stringify(v)}`;
  }
  const values = message as unknown as Readonly<Record<string, unknown>>;
  const other = texts.find((name) => typeof values[name] !== 'string');
  if (other !== undefined) return `its "${other}" is no text`;
  return message.kind === 'order' ? flawOfOrder(message) : undefined;
}

function flawOfOrder(message: OrderMessage): string | undefined {
  const { state, facts } = message;
  if (orderOf(orderIdOf(message)) === undefined) return 'its sale, SKU and holder name no order';
  if (!STATES.has(state)) return `an order has no state ${JSON.stringify(state)}`;
  return typeof facts?.reservedAt === 'number' ? undefined : 'it lacks the facts of its order';
}

const unreadable = (message: Message): Error =>
  new TypeError(`Cannot record a message: ${flawOf(message)}`);
