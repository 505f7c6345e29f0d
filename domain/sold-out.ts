/**
 * @module
 * Sold out is proven, not guessed: somebody looks at every shard and finds nothing, and nothing came back meanwhile.
 * One scan at a time for each item, so that a crowd at the end does not read the table a thousand times.
 */

import {
  blockOf,
  blocksOf,
  hintKey,
  type ItemKey,
  type Shard,
  type Status,
  shardKey,
  statusKey,
} from './items.ts';
import type { SaleMessage } from './messages.ts';
import {
  type Answer,
  type Command,
  end,
  go,
  type Next,
  type Process,
  send,
  write,
} from './process.ts';
import type { EpochMs } from './units.ts';
import { all, any, below, equals, missing, set, type Update, unset } from './write.ts';

/** Above that only the sweep scans. It is also what all scans of an item may read in a second. */
export const MOST_SHARDS_TO_SCAN = 2000;

/** Whoever comes between two scans is told to come again: so few shards are scanned often. */
const SHORTEST_INTERVAL_MS = 100;

/** The time between two scans of one item. */
const scanIntervalMs = (shards: number): number =>
  Math.max(SHORTEST_INTERVAL_MS, Math.ceil((shards * 1000) / MOST_SHARDS_TO_SCAN));

/** Keys in one read: the limit of BatchGetItem. */
const KEYS_PER_READ = 100;

/** What a look at every shard found. */
type Found = { readonly largest: number; readonly empty: readonly number[] };

type Stage =
  | { readonly at: 'elect'; readonly shards: number }
  | { readonly at: 'look' }
  | { readonly at: 'scan'; readonly status: Status; readonly next: number; readonly found: Found }
  | { readonly at: 'hint'; readonly status: Status; readonly block: number; readonly found: Found }
  | { readonly at: 'conclude'; readonly status: Status; readonly found: Found }
  | { readonly at: 'tell'; readonly releases: number };

type At<K extends Stage['at']> = Extract<Stage, { readonly at: K }> & Question;

/** Whether anything is left for a quantity. */
export type Question = {
  readonly item: ItemKey;
  readonly quantity: number;
  readonly now: EpochMs;
};

/** The answer being found. */
export type Detecting = { readonly [K in Stage['at']]: At<K> }[Stage['at']];

export type Detected =
  | { readonly kind: 'sold-out' }
  /** No shard has so many; the most that one has. */
  | { readonly kind: 'quantity-unavailable'; readonly largest: number }
  /** Something may be left, or somebody else is looking. */
  | { readonly kind: 'busy' };

type Step = Next<Detecting, Detected>;

export const detect = (question: Question, shards: number): Detecting =>
  shards > MOST_SHARDS_TO_SCAN ? { ...question, at: 'look' } : { ...question, at: 'elect', shards };

/** What a status says by itself: without a release since the last scan, shards can only have become smaller. */
export function known(status: Status, quantity: number): Detected | undefined {
  if (status.soldOut) return { kind: 'sold-out' };
  const { largest = 0, scannedAt, releases } = status;
  const isProven = scannedAt === releases && largest > 0 && largest < quantity;
  return isProven ? { kind: 'quantity-unavailable', largest } : undefined;
}

export const detecting: Process<Detecting, Detected> = {
  command(state): Command {
    const { item, now } = state;
    switch (state.at) {
      case 'elect':
        return write(electScan(item, state.shards, now));
      case 'look':
        return { kind: 'read', keys: [statusKey(item)] };
      case 'scan':
        return {
          kind: 'read',
          keys: shardsFrom(state.next, state.status).map((k) => shardKey(item, k)),
        };
      case 'hint':
        return write(rewriteHint(item, state.block, state.found.empty));
      case 'conclude':
        return write(concludeScan(item, state.status.releases, state.found.largest));
      case 'tell':
        return send(soldOutMessage(item, state.releases, now));
    }
  },
  next: (state, answer) => NEXT[state.at](state as never, answer),
};

const NEXT: { readonly [K in Stage['at']]: (state: At<K>, answer: Answer) => Step } = {
  elect: (state, answer) => {
    const status = 'item' in answer ? (answer.item as unknown as Status | undefined) : undefined;
    if (status === undefined) return end({ kind: 'busy' });
    if (answer.kind === 'refused') return end(known(status, state.quantity) ?? { kind: 'busy' });
    return go({ ...state, at: 'scan', status, next: 0, found: { largest: 0, empty: [] } });
  },

  look: ({ quantity }, answer) => {
    const [status] = 'items' in answer ? answer.items : [];
    const said = status && known(status as unknown as Status, quantity);
    return end(said ?? { kind: 'busy' });
  },

  scan: (state, answer) => {
    const looked = shardsFrom(state.next, state.status);
    const shards = 'items' in answer ? (answer.items as unknown as (Shard | undefined)[]) : [];
    const avail = looked.map((_, index) => shards[index]?.avail ?? 0);
    const found = {
      largest: Math.max(state.found.largest, ...avail),
      empty: [...state.found.empty, ...looked.filter((_, index) => avail[index] === 0)],
    };
    const next = state.next + looked.length;
    if (next < state.status.shards) return go({ ...state, next, found });
    // Where nothing is left nobody asks for hints.
    return found.largest === 0
      ? go({ ...state, at: 'conclude', found })
      : go({ ...state, at: 'hint', block: 0, found });
  },

  hint: (state) =>
    state.block + 1 < blocksOf(state.status.shards).length
      ? go({ ...state, block: state.block + 1 })
      : go({ ...state, at: 'conclude' }),

  conclude: (state, answer) => {
    const { found, quantity, status } = state;
    if (answer.kind !== 'done') return end({ kind: 'busy' });
    if (found.largest === 0) {
      return go({
        item: state.item,
        quantity,
        now: state.now,
        at: 'tell',
        releases: status.releases,
      });
    }
    return end(
      known({ ...status, largest: found.largest, scannedAt: status.releases }, quantity) ?? {
        kind: 'busy',
      },
    );
  },

  tell: () => end({ kind: 'sold-out' }),
};

const shardsFrom = (next: number, { shards }: Status): number[] =>
  Array.from({ length: Math.min(KEYS_PER_READ, shards - next) }, (_, index) => next + index);

/** Elects one scan at a time. The count of releases that it answers is the one before the scan. */
const electScan = (item: ItemKey, shards: number, now: EpochMs): Update => ({
  item: statusKey(item),
  when: all(
    equals('soldOut', false),
    any(missing('scanAt'), below('scanAt', now - scanIntervalMs(shards) + 1)),
  ),
  change: [set('scanAt', now)],
  returns: 'new',
});

/** Writes what a scan found, if nothing came back since before it began. */
export const concludeScan = (item: ItemKey, releases: number, largest: number): Update => ({
  item: statusKey(item),
  when: equals('releases', releases),
  change: [set('soldOut', largest === 0), set('largest', largest), set('scannedAt', releases)],
});

/** Says which shards of a block are empty; the sweep's summary in the same item stays. */
const rewriteHint = (item: ItemKey, block: number, empty: readonly number[]): Update => {
  const here = empty.filter((shard) => blockOf(shard) === block);
  return {
    item: hintKey(item, block),
    change: here.length === 0 ? [unset('empty')] : [set('empty', new Set(here))],
  };
};

/** The event is the same one for every scan that finds the same end. */
export const soldOutMessage = (item: ItemKey, releases: number, now: EpochMs): SaleMessage => ({
  v: 1,
  kind: 'sale',
  what: 'sold-out',
  saleId: item.saleId,
  sku: item.sku,
  occurrence: String(releases),
  at: now,
});
