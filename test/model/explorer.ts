/** @module Explores a configuration breadth first: every state that any interleaving leads to, each once. */

import { memoryStore } from '../../adapters/memory-store.ts';
import { stockItem } from '../../domain/grant.ts';
import { type Shard, shardKey, statusKey } from '../../domain/items.ts';
import type { Store } from '../../domain/ports.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { add } from '../../domain/write.ts';
import type { Turn } from './actors.ts';
import { type Configuration, saleOf } from './configuration.ts';
import { judge } from './judge.ts';
import { type Contents, isSoldOutWrongly } from './laws.ts';
import { Rows } from './rows.ts';
import { type How, Stage } from './stage.ts';

/** A step on the way to a flaw. */
export type Step = {
  readonly who: string;
  /** Where it stood, and how it was answered. */
  readonly what: string;
  readonly before: Contents;
  readonly after: Contents;
};

/** What an exploration came to. The steps are as few as any that lead to the flaw. */
export type Explored = {
  readonly states: number;
  /** Different contents of the tables among them. */
  readonly stores: number;
  readonly flaw?: { readonly what: string; readonly steps: readonly Step[] };
};

type Flaw = { readonly what: string; readonly state: number };

/**
 * Explores until the end, or until the first flaw.
 *
 * @param most states @throws {RangeError} when there are more
 */
export const explore = (config: Configuration, most: number): Promise<Explored> =>
  new Explorer(config, most).run();

async function emptyShard(store: Store, { id, items: [item] }: PublishedSale, shard: number) {
  const key = { saleId: id, sku: item?.sku ?? '' };
  const [found] = (await store.read([shardKey(key, shard)])) as unknown as readonly Shard[];
  await store.write({ item: shardKey(key, shard), put: { cap: 0, avail: 0 } });
  await store.write({ item: statusKey(key), change: [add('cap', -(found?.cap ?? 0))] });
}

class Explorer {
  private readonly stage: Stage;
  private readonly config: Configuration;
  private readonly sale: PublishedSale;
  private readonly most: number;
  /** Pairs of store and crew. */
  private readonly states = new Rows(2);
  /** The state that each was first reached from. */
  private readonly parents: number[] = [];
  /** The first state of each store. */
  private readonly firstOf: number[] = [];
  private readonly pair = new Int32Array(2);
  private judged = 0;
  private readonly isSaidWrongly: boolean[] = [];

  constructor(config: Configuration, most: number) {
    this.config = config;
    this.sale = saleOf(config);
    this.most = most;
    this.stage = new Stage(config);
  }

  async run(): Promise<Explored> {
    this.reach(0, await this.firstStore(), this.firstCrew());
    for (let state = 0; state < this.states.size; state++) {
      await this.leave(state, (store, crew) => this.reach(state, store, crew));
      const flaw = this.lies(state) ?? (await this.judgeNew());
      if (flaw) return this.explored(flaw);
    }
    return this.explored(undefined);
  }

  private async firstStore(): Promise<number> {
    const { sale } = this;
    const store = memoryStore();
    for (const { sku, units } of sale.items) {
      await stockItem(store, { saleId: sale.id, sku }, units, sale.admission.perSecond);
    }
    for (const shard of this.config.empty ?? []) await emptyShard(store, sale, shard);
    return this.stage.stores.begin(store.items);
  }

  private firstCrew(): number {
    const { budget, failures = 0 } = this.config;
    return this.stage.crews.begin([...Object.values(budget), failures]);
  }

  private leave(state: number, visit: Parameters<Stage['leave']>[2]): Promise<void> {
    return this.stage.leave(this.states.at(state, 0), this.states.at(state, 1), visit);
  }

  private reach(from: number, store: number, crew: number): void {
    this.pair[0] = store;
    this.pair[1] = crew;
    const state = this.states.add(this.pair);
    if (state < this.parents.length) return;
    if (state >= this.most) {
      const { name } = this.config;
      throw new RangeError(`Cannot explore "${name}": it has more than ${this.most} states`);
    }
    this.parents.push(from);
    this.firstOf[store] ??= state;
  }

  /** Judges every store that was not there before. */
  private async judgeNew(): Promise<Flaw | undefined> {
    const { stores } = this.stage;
    for (; this.judged < stores.size; this.judged++) {
      if (this.firstOf[this.judged] === undefined) continue;
      const contents = stores.contents(this.judged);
      const what = await judge(contents, this.sale, this.config);
      if (what !== undefined) return { what, state: this.firstOf[this.judged] as number };
    }
    return undefined;
  }

  /** SOLD_OUT while something is free, and nobody is about to take it back. */
  private lies(state: number): Flaw | undefined {
    if (!this.config.status) return undefined;
    const store = this.states.at(state, 0);
    this.isSaidWrongly[store] ??= isSoldOutWrongly(this.stage.stores.contents(store));
    if (!this.isSaidWrongly[store]) return undefined;
    if (this.stage.isNear(this.states.at(state, 1), this.stage.status)) return undefined;
    return { what: 'it says SOLD OUT, something is free, and nobody is about to say so', state };
  }

  private async explored(flaw: Flaw | undefined): Promise<Explored> {
    const counts = { states: this.states.size, stores: this.stage.stores.size };
    if (flaw === undefined) return counts;
    const steps: Step[] = [];
    for (const [from, to] of this.way(flaw.state)) {
      steps.push(await this.stepBetween(from, to));
    }
    return { ...counts, flaw: { what: flaw.what, steps } };
  }

  /** The states from the first to one, in pairs. */
  private way(to: number): readonly (readonly [number, number])[] {
    const way: [number, number][] = [];
    for (let at = to; at !== 0; at = this.parents[at] as number) {
      way.unshift([this.parents[at] as number, at]);
    }
    return way;
  }

  /** Steps are not kept, but found again. */
  private async stepBetween(from: number, to: number): Promise<Step> {
    const { actors, stores } = this.stage;
    let found: { actor: number; what: string } | undefined;
    await this.leave(from, (store, crew, actor, turn, how) => {
      if (store !== this.states.at(to, 0) || crew !== this.states.at(to, 1)) return;
      found ??= { actor, what: turn ? `${turn.place}: ${this.told(from, turn, how)}` : how };
    });
    if (found === undefined)
      throw new Error(`Cannot find the step from state ${from} to ${to} again`);
    const contents = (state: number) => stores.contents(this.states.at(state, 0));
    return {
      ...{ who: actors.label(found.actor), what: found.what },
      ...{ before: contents(from), after: contents(to) },
    };
  }

  private told(from: number, turn: Turn, how: How): string {
    if (how === 'answer lost') return 'done, and the answer is lost';
    const item = this.stage.stores.at(this.states.at(from, 0), turn.column);
    return turn.results.get(item)?.answer ?? how;
  }
}
