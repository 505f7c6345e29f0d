/**
 * @module
 * A function of the domain as it runs in Lambda, interleaved call by call: it is run again from its beginning with the
 * answers that it has had, and stops at those that it has not. It decides nothing but from answers, so that this is the
 * same run.
 */

import type { Answer, Command, World } from '../../domain/process.ts';
import type { RecordWorld } from '../../domain/record-all.ts';
import type { SaleWorld } from '../../domain/sweep-sale.ts';
import { type Ending, type Machine, NOTHING } from './machine.ts';
import { textOf } from './values.ts';

/** All that functions of the domain work with. */
export type WholeWorld = World & SaleWorld & RecordWorld;

/** What it has been answered, by command. */
type Past = readonly (readonly [command: string, answer: Answer])[];

type Seen<T> = { readonly asks: readonly Command[]; readonly end?: { readonly value: T } };

/** Runs up to where answers are missing. */
async function seen<T>(run: (world: WholeWorld) => Promise<T>, past: Past): Promise<Seen<T>> {
  const left = [...past];
  const asks: Command[] = [];
  const ask = async (command: Command): Promise<Answer> => {
    const text = textOf(command);
    const at = left.findIndex(([name]) => name === text);
    if (at >= 0) return (left.splice(at, 1)[0] as Past[number])[1];
    asks.push(command);
    return new Promise<never>(() => {});
  };
  let end: { value: T } | undefined;
  void run(worldOf(ask)).then((value) => {
    end = { value };
  });
  // Whatever can go on without an answer has gone on by then.
  await new Promise(setImmediate);
  return { asks, ...(end && { end }) };
}

function worldOf(ask: (command: Command) => Promise<Answer>): WholeWorld {
  const sent = async (command: Command) => {
    const answer = await ask(command);
    if (answer.kind !== 'sent') throw new Error('unsent');
  };
  return {
    store: {
      write: async (write) => (await ask({ kind: 'write', write })) as never,
      async read(keys) {
        if (keys.length === 0) return [];
        const answer = await ask({ kind: 'read', keys });
        return 'items' in answer ? answer.items : [];
      },
    },
    queue: { send: (message) => sent({ kind: 'send', message }) },
    payments: { refund: (refund) => sent({ kind: 'refund', refund }) },
    bus: { publish: async () => {} },
    sweeps: { send: async () => {} },
    records: {
      async *reserved() {},
    },
  };
}

/** @param ends what the function's value leaves behind */
export function replayed<T>(
  name: string,
  run: (world: WholeWorld) => Promise<T>,
  ends: (value: T) => Ending = () => NOTHING,
): Machine {
  return {
    name,
    commands: async (state) => (await seen(run, state as Past)).asks,
    async next(state, command, answer) {
      const past = [...(state as Past), [textOf(command), answer] as const];
      const { end } = await seen(run, past);
      return end ? { end: ends(end.value) } : { go: past };
    },
    place: () => 'run',
  };
}
