/**
 * @module
 * What the sweep looks at before it touches anything: shards first, then the claims of their holders, then their records.
 * Never the other way round: a holder is judged by what its claim said after the holder was seen.
 */

import type { Claim, ItemKey, Shard } from './items.ts';
import { shardKey } from './items.ts';
import type { Holder } from './order-id.ts';
import { type OrderRecord, recordKey } from './order-record.ts';
import { type Answer, end, go, type Next, type Process } from './process.ts';
import { claimKeyOf } from './steps.ts';
import { isOfAge, judge, type Verdict } from './sweep-verdict.ts';
import type { EpochMs } from './units.ts';
import type { Attributes } from './write.ts';

/** A holder that stands in a shard. */
type Holding = { readonly shard: number; readonly holder: Holder };

/** What is to be done about a holder. */
export type Judged = Holding & { readonly claim: Claim | undefined; readonly verdict: Verdict };

/** A look in progress. */
export type Look = { readonly item: ItemKey; readonly now: EpochMs } & (
  | { readonly at: 'shards'; readonly numbers: readonly number[] }
  | { readonly at: 'claims'; readonly holdings: readonly Holding[] }
  | {
      readonly at: 'records';
      readonly holdings: readonly Holding[];
      readonly claims: readonly (Claim | undefined)[];
    }
);

/** Looks at some shards of an item. */
export const look = (item: ItemKey, numbers: readonly number[], now: EpochMs): Look => ({
  ...{ at: 'shards', item, now },
  numbers,
});

export const looking: Process<Look, readonly Judged[]> = {
  command(state) {
    const { item } = state;
    switch (state.at) {
      case 'shards':
        return { kind: 'read', keys: state.numbers.map((number) => shardKey(item, number)) };
      case 'claims':
        return { kind: 'read', keys: state.holdings.map(({ holder }) => claimKeyOf(item, holder)) };
      case 'records':
        return { kind: 'read', keys: state.holdings.map(({ holder }) => recordKey(item, holder)) };
    }
  },

  next(state, answer): Next<Look, readonly Judged[]> {
    const { item, now } = state;
    switch (state.at) {
      case 'shards': {
        const holdings = holdingsIn(shardsIn(state.numbers, answer), now);
        return holdings.length === 0 ? end([]) : go({ at: 'claims', item, now, holdings });
      }
      case 'claims': {
        const claims = itemsIn(answer) as unknown as readonly (Claim | undefined)[];
        return go({ at: 'records', item, now, holdings: state.holdings, claims });
      }
      case 'records':
        return end(verdicts(state, itemsIn(answer)));
    }
  },
};

const itemsIn = (answer: Answer): readonly (Attributes | undefined)[] =>
  'items' in answer ? answer.items : [];

/** The shards that an answer brings, by number; those that are there. */
export function shardsIn(numbers: readonly number[], answer: Answer): ReadonlyMap<number, Shard> {
  const items = itemsIn(answer) as unknown as readonly (Shard | undefined)[];
  return new Map(
    numbers.flatMap((number, index) => {
      const shard = items[index];
      return shard === undefined ? [] : [[number, shard] as const];
    }),
  );
}

const holdingsIn = (shards: ReadonlyMap<number, Shard>, now: EpochMs): readonly Holding[] =>
  [...shards].flatMap(([shard, { held = new Set<Holder>() }]) =>
    [...held].filter((holder) => isOfAge(holder, now)).map((holder) => ({ shard, holder })),
  );

function verdicts(
  { holdings, claims, now }: Extract<Look, { readonly at: 'records' }>,
  records: readonly (Attributes | undefined)[],
): readonly Judged[] {
  return holdings.map(({ shard, holder }, index) => {
    const claim = claims[index];
    const recorded = (records[index] as unknown as OrderRecord | undefined)?.state;
    return { shard, holder, claim, verdict: judge(holder, shard, claim, recorded, now) };
  });
}
