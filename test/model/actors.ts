/** @module Who is on the stage: each by number, and what comes of its next step, worked out once for each item it meets. */

import { nameOf } from '../../adapters/memory-store.ts';
import { apply, type Plain } from '../../domain/plain-item.ts';
import type { Answer, Command } from '../../domain/process.ts';
import type { Attributes } from '../../domain/write.ts';
import type { Begin, Machine, Note } from './machine.ts';
import { QUEUE, REFUNDS } from './names.ts';
import type { Stores } from './stores.ts';
import { Values } from './values.ts';

/** The column of what is not looked at. */
const NOWHERE = -1;

type Actor = {
  readonly machine: Machine;
  readonly label: string;
  readonly state: unknown;
  /** A read of several keys that has some of its answers: each item is read at an instant of its own. */
  readonly reading?: Reading;
};

type Reading = {
  readonly command: Extract<Command, { readonly kind: 'read' }>;
  readonly got: readonly (Attributes | 'none' | undefined)[];
};

/** What comes of a step. */
export type Result = {
  /** The item that it leaves behind, by number. */
  readonly item: number;
  /** Who goes on, and who begins. */
  readonly after: readonly number[];
  readonly notes: readonly Note[];
  /** The answer, for the trace. */
  readonly answer: string;
};

type Deed = 'write' | 'read' | 'tell' | 'fail';

/** A step that an actor can take now. */
export type Turn = {
  /** The item that it meets. */
  readonly column: number;
  readonly place: string;
  /** A step that fails costs one of the configuration's failures. */
  readonly does: Deed;
  readonly results: Map<number, Result>;
  readonly step: (item: Plain) => Promise<Result>;
};

/**
 * What a configuration does not look at. A write there is answered and forgotten, a read finds what `pretended` says,
 * and either is done at once: nobody can tell when.
 */
export type Blind = {
  readonly isBlind: (name: string) => boolean;
  readonly pretended: (name: string) => Plain;
};

export class Actors {
  private readonly actors = new Values<Actor>();
  private readonly turns: (readonly Turn[] | undefined)[] = [];

  private readonly stores: Stores;
  private readonly blind: Blind;

  constructor(stores: Stores, blind: Blind) {
    this.stores = stores;
    this.blind = blind;
  }

  begin({ machine, label, state }: Begin): number {
    return this.actors.number({ machine, label, state });
  }

  label(actor: number): string {
    return this.actors.value(actor)?.label ?? '';
  }

  /** What an actor can do next; known, or nothing: then {@link load} it. */
  known(actor: number): readonly Turn[] | undefined {
    return this.turns[actor];
  }

  async load(number: number): Promise<readonly Turn[]> {
    const actor = this.actors.value(number) as Actor;
    const commands = actor.reading
      ? [actor.reading.command]
      : await actor.machine.commands(actor.state);
    const turns = commands.flatMap((command) => this.turnsOf(actor, command));
    this.turns[number] = turns;
    return turns;
  }

  /** What comes of a turn that meets an item. */
  async meet(turn: Turn, item: number): Promise<Result> {
    const result = await turn.step(this.stores.item(item));
    turn.results.set(item, result);
    return result;
  }

  private turnsOf(actor: Actor, command: Command): readonly Turn[] {
    switch (command.kind) {
      case 'write':
        return [this.write(actor, command)];
      case 'read':
        return this.reads(actor, command);
      case 'send':
        return this.tells(actor, command, QUEUE, JSON.stringify(command.message));
      case 'refund':
        return this.tells(actor, command, REFUNDS, command.refund.payment);
    }
  }

  private turn(name: string, actor: Actor, does: Deed, step: Turn['step']): Turn {
    const place = actor.machine.place(actor.state);
    const { isBlind, pretended } = this.blind;
    const results = new Map();
    if (!isBlind(name)) return { column: this.stores.column(name), place, does, results, step };
    const forgets = async (item: Plain) => ({
      ...(await step(pretended(name))),
      item: this.stores.number(item),
    });
    return { column: NOWHERE, place, does, results, step: forgets };
  }

  private write(actor: Actor, command: Extract<Command, { kind: 'write' }>): Turn {
    return this.turn(nameOf(command.write.item), actor, 'write', async (item) => {
      const { item: after, answer } = apply(item, command.write);
      return this.result(actor, command, answer, this.stores.number(after));
    });
  }

  /** Any of the keys that are still to be read. */
  private reads(actor: Actor, command: Extract<Command, { kind: 'read' }>): readonly Turn[] {
    const got = actor.reading?.got ?? command.keys.map(() => undefined);
    return command.keys.flatMap((key, index) => {
      if (got[index] !== undefined) return [];
      const step = async (item: Plain): Promise<Result> => {
        const now = got.with(index, item ?? 'none');
        const number = this.stores.number(item);
        if (!now.includes(undefined)) {
          const items = now.map((one) => (one === 'none' ? undefined : (one as Attributes)));
          return this.result(actor, command, { kind: 'items', items }, number);
        }
        const reading = { command, got: now };
        const next = this.actors.number({ ...actor, reading });
        return { item: number, after: [next], notes: [], answer: 'read' };
      };
      return [this.turn(nameOf(key), actor, 'read', step)];
    });
  }

  /** A message or a refund goes out, or it does not. */
  private tells(actor: Actor, command: Command, name: string, member: string): readonly Turn[] {
    const sent = async (item: Plain) =>
      this.result(actor, command, { kind: 'sent' }, this.stores.number(withMember(item, member)));
    const unsent = async (item: Plain) =>
      this.result(actor, command, { kind: 'unsent' }, this.stores.number(item));
    const turn = this.turn(name, actor, 'tell', sent);
    return turn.column === NOWHERE ? [turn] : [turn, this.turn(name, actor, 'fail', unsent)];
  }

  private async result(
    { machine, label, state }: Actor,
    command: Command,
    answer: Answer,
    item: number,
  ): Promise<Result> {
    const next = await machine.next(state, command, answer);
    const said = answer.kind === 'items' ? 'read' : answer.kind;
    const { begins = [], notes = [] } = 'end' in next ? next.end : {};
    const numbers =
      'go' in next
        ? [this.actors.number({ machine, label, state: next.go })]
        : begins.map((begin) => this.begin(begin));
    const rest = await Promise.all(numbers.map((number) => this.unseen(number)));
    return {
      item,
      after: rest.flatMap(({ after }) => after),
      notes: [...notes, ...rest.flatMap((one) => one.notes)],
      answer: said,
    };
  }

  /** Goes on as long as nobody looks. */
  private async unseen(number: number): Promise<Pick<Result, 'after' | 'notes'>> {
    const [turn, another] = await this.load(number);
    if (turn === undefined || turn.column !== NOWHERE || another) {
      return { after: [number], notes: [] };
    }
    return this.meet(turn, 0);
  }
}

/** A set that is kept as an item. */
export const withMember = (item: Plain, member: string): Attributes => ({
  members: new Set([...membersOf(item), member]),
});

export const membersOf = (item: Plain): ReadonlySet<string> =>
  (item?.['members'] as ReadonlySet<string> | undefined) ?? new Set();
