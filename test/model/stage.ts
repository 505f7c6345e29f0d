/** @module What can happen in a state of a configuration: every step of everybody who is under way, and every entrance. */

import { Actors, type Blind, type Result, type Turn, withMember } from './actors.ts';
import { castOf } from './cast.ts';
import type { Configuration, Kind } from './configuration.ts';
import { Crews } from './crews.ts';
import type { Note } from './machine.ts';
import { QUEUE } from './names.ts';
import { type Entrance, statusOf } from './play.ts';
import { Stores } from './stores.ts';

/** Is called with each state that one step leads to, and with who took it. */
export type Visit = (
  store: number,
  crew: number,
  actor: number,
  turn: Turn | undefined,
  how: How,
) => void;

/** How a step ended. */
export type How = 'begins' | 'answered' | 'answer lost';

/** What must be worked out before a state can be left. */
type Unknown = { readonly actor: number } | { readonly turn: Turn; readonly item: number };

type Entering = {
  readonly actor: number;
  readonly notes: readonly Note[];
  readonly entrance: Placed;
};
type Placed = Entrance & { readonly columns: readonly number[]; readonly budget: number };

export class Stage {
  readonly stores = new Stores();
  readonly crews = new Crews();
  readonly actors: Actors;
  /** The column of the live status. */
  readonly status: number;
  private readonly entrances: readonly Placed[];
  /** Who can begin, by store. */
  private readonly entering: (readonly Entering[])[] = [];
  private readonly failures: number;

  constructor(config: Configuration) {
    this.actors = new Actors(this.stores, blindIn(config));
    this.status = this.stores.column(statusOf(config));
    const kinds = Object.keys(config.budget) as Kind[];
    this.failures = kinds.length;
    this.entrances = castOf(config)
      .filter(({ kind }) => kinds.includes(kind))
      .map((entrance) => ({
        ...entrance,
        columns: entrance.items.map((name) => this.stores.column(name)),
        budget: kinds.indexOf(entrance.kind),
      }));
  }

  /** Visits every state that one step leads to, some perhaps twice. */
  async leave(store: number, crew: number, visit: Visit): Promise<void> {
    for (;;) {
      const unknown = this.tryToLeave(store, crew, visit);
      if (unknown === undefined) return;
      if ('actor' in unknown) await this.actors.load(unknown.actor);
      else await this.actors.meet(unknown.turn, unknown.item);
    }
  }

  private tryToLeave(store: number, crew: number, visit: Visit): Unknown | undefined {
    this.entering[store] ??= this.entrancesTo(store);
    for (const entering of this.entering[store]) {
      const unknown = this.enter(store, crew, entering, visit);
      if (unknown) return unknown;
    }
    let last = 0;
    for (let place = 0; ; place++) {
      const actor = this.crews.actor(crew, place);
      if (actor === 0) return undefined;
      const unknown = actor === last ? undefined : this.act(store, crew, actor, visit);
      if (unknown) return unknown;
      last = actor;
    }
  }

  /** Somebody begins, if the budget has one left. */
  private enter(
    store: number,
    crew: number,
    { actor, notes, entrance }: Entering,
    visit: Visit,
  ): Unknown | undefined {
    if (this.crews.left(crew, entrance.budget) === 0) return undefined;
    const entered = this.crews.with(crew, entrance.budget, 0, [actor]);
    const noted = this.note(store, notes);
    if (!entrance.waits) return this.act(noted, entered, actor, visit);
    visit(noted, entered, actor, undefined, 'begins');
    return undefined;
  }

  /** Every step that one actor can take. */
  private act(store: number, crew: number, actor: number, visit: Visit): Unknown | undefined {
    const turns = this.actors.known(actor);
    if (turns === undefined) return { actor };
    for (const turn of turns) {
      const item = this.stores.at(store, turn.column);
      const result = turn.results.get(item);
      if (result === undefined) return { turn, item };
      this.take({ store, crew, actor, turn }, item, result, visit);
    }
    return undefined;
  }

  private take({ store, crew, actor, turn }: Taken, item: number, result: Result, visit: Visit) {
    const mayFail = this.crews.left(crew, this.failures) > 0;
    const fails = turn.does === 'fail';
    if (fails && !mayFail) return;
    const isSame = result.item === item;
    const after = isSame ? store : this.stores.with(store, turn.column, result.item);
    const spent = fails ? this.failures : -1;
    const next = this.crews.with(crew, spent, actor, result.after);
    visit(this.note(after, result.notes), next, actor, turn, 'answered');
    // The call took effect and its answer is lost: the client makes it again.
    if (isSame || !mayFail || fails) return;
    visit(after, this.crews.with(crew, this.failures, 0, []), actor, turn, 'answer lost');
  }

  /** Whether anybody is about to write an item. */
  isNear(crew: number, column: number): boolean {
    for (let place = 0; ; place++) {
      const actor = this.crews.actor(crew, place);
      if (actor === 0) return false;
      const turns = this.actors.known(actor) ?? [];
      if (turns.some((turn) => turn.column === column && turn.does === 'write')) return true;
    }
  }

  private entrancesTo(store: number): readonly Entering[] {
    return this.entrances.flatMap((entrance) => {
      const items = entrance.columns.map((column) =>
        this.stores.item(this.stores.at(store, column)),
      );
      return entrance.begins(...items).map((begin) => ({
        ...{ actor: this.actors.begin(begin), notes: begin.notes ?? [] },
        entrance,
      }));
    });
  }

  private note(store: number, notes: readonly Note[]): number {
    let noted = store;
    for (const { of, what } of notes) {
      const column = this.stores.column(of);
      const item = this.stores.item(this.stores.at(noted, column));
      noted = this.stores.with(noted, column, this.stores.number(withMember(item, what)));
    }
    return noted;
  }
}

type Taken = { store: number; crew: number; actor: number; turn: Turn };

/** Without its messages, every order counts as recorded: whether it is, another configuration explores. */
const blindIn = ({ status, records }: Configuration): Blind => ({
  isBlind: (name) =>
    (!status && /^stock\/(STATUS|HINT)#/.test(name)) ||
    (!records && (name === QUEUE || name.startsWith('orders/ORDER#'))),
  pretended: (name) => (name.startsWith('orders/') ? { state: 'PAID' } : undefined),
});
