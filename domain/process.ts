/**
 * @module
 * A process decides its next step from the last answer, as a pure function. The functions run it against AWS, tests
 * against the in-memory twin, and the exploration against every interleaving.
 */

import type { Message, RefundReason } from './messages.ts';
import type { OrderQueue, PaymentProvider, Store } from './ports.ts';
import type { Minor } from './units.ts';
import type { Attributes, Key, Write, WriteAnswer } from './write.ts';

/** Money to give back through the payment provider. */
export type Refund = {
  readonly payment: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly reason: RefundReason;
};

/** What a process wants done next. */
export type Command =
  | { readonly kind: 'write'; readonly write: Write }
  | { readonly kind: 'read'; readonly keys: readonly Key[] }
  | { readonly kind: 'send'; readonly message: Message }
  | { readonly kind: 'refund'; readonly refund: Refund };

/** What came of it. Reads are strongly consistent and answer in the order of their keys. */
export type Answer =
  | WriteAnswer
  | { readonly kind: 'items'; readonly items: readonly (Attributes | undefined)[] }
  | { readonly kind: 'sent' }
  | { readonly kind: 'unsent'; readonly why?: unknown };

/** The next state, or the end. */
export type Next<State, Outcome> = { readonly go: State } | { readonly end: Outcome };

export type Process<State, Outcome> = {
  command(state: State): Command;
  next(state: State, answer: Answer): Next<State, Outcome>;
};

export const go = <State>(state: State) => ({ go: state });
export const end = <Outcome>(outcome: Outcome) => ({ end: outcome });
export const write = (one: Write): Command => ({ kind: 'write', write: one });
export const send = (message: Message): Command => ({ kind: 'send', message });

/** What a process works with. */
export type World = {
  readonly store: Store;
  readonly queue: OrderQueue;
  readonly payments?: PaymentProvider;
};

/** Runs a process to its end. What the world throws, other than a queue or provider that fails, is thrown on. */
export async function run<State, Outcome>(
  process: Process<State, Outcome>,
  start: State,
  world: World,
): Promise<Outcome> {
  let state = start;
  for (;;) {
    const next = process.next(state, await perform(process.command(state), world));
    if ('end' in next) return next.end;
    state = next.go;
  }
}

async function perform(command: Command, world: World): Promise<Answer> {
  switch (command.kind) {
    case 'write':
      return world.store.write(command.write);
    case 'read':
      return { kind: 'items', items: await world.store.read(command.keys) };
    case 'send':
      return sent(() => world.queue.send(command.message));
    case 'refund':
      return sent(() => refundBy(world.payments, command.refund));
  }
}

/** A message or a refund that fails is repeated later by whoever asked for it. */
async function sent(attempt: () => Promise<void>): Promise<Answer> {
  try {
    await attempt();
    return { kind: 'sent' };
  } catch (why) {
    return { kind: 'unsent', why };
  }
}

async function refundBy(provider: PaymentProvider | undefined, refund: Refund): Promise<void> {
  if (provider === undefined) throw new TypeError('Cannot refund: no payment provider is given');
  await provider.refund(refund);
}
