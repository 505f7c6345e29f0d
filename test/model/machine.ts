/** @module What can be interleaved: whatever asks for one command after another, and goes on with the answer. */

import type { Answer, Command, Next, Process } from '../../domain/process.ts';

/** Something that begins: a machine in its first state. */
export type Begin = {
  readonly machine: Machine;
  readonly state: unknown;
  /** Who does what, for the trace. */
  readonly label: string;
  /** What is noted beside the tables as it begins. */
  readonly notes?: readonly Note[];
};

/** A fact that no table holds and that the promises are about. They only become more. */
export type Note = {
  readonly of: 'acknowledged' | 'paid-in' | 'heard' | 'delivered' | 'cancel-asked';
  readonly what: string;
};

/** What an end leaves behind: facts, and who begins then. */
export type Ending = { readonly notes?: readonly Note[]; readonly begins?: readonly Begin[] };

export const NOTHING: Ending = {};

type Maybe<T> = T | Promise<T>;

export type Machine = {
  readonly name: string;
  /** What it asks for; any of them may be answered next. */
  commands(state: unknown): Maybe<readonly Command[]>;
  next(state: unknown, command: Command, answer: Answer): Maybe<Next<unknown, Ending>>;
  /** Where it stands, for the trace. */
  place(state: unknown): string;
};

/** A process of the domain as it is. @param ends what its outcome leaves behind */
export function machineOf<State extends { readonly at: string }, Outcome>(
  name: string,
  process: Process<State, Outcome>,
  ends: (outcome: Outcome, state: State) => Ending = () => NOTHING,
): Machine {
  return {
    name,
    commands: (state) => [process.command(state as State)],
    next(state, _, answer) {
      const next = process.next(state as State, answer);
      return 'go' in next ? next : { end: ends(next.end, state as State) };
    },
    place: (state) => (state as State).at,
  };
}
