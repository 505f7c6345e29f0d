/**
 * @module
 * What a sweep of a sale would do, without doing it: every holder that it would touch with the reason, what it would
 * say anew, and what it could not put right.
 */

import { startOf } from './audit-books.ts';
import { shardFlaws } from './audit-stock.ts';
import { isSameAttempt } from './claim.ts';
import {
  blocksOf,
  type Claim,
  type Hint,
  hintKey,
  type ItemKey,
  type Shard,
  type Status,
  shardKey,
} from './items.ts';
import { type Holder, orderIdOf, orderOf } from './order-id.ts';
import type { OrderQueue, OrderRecords, Store } from './ports.ts';
import { run } from './process.ts';
import type { PublishedSale } from './sale.ts';
import { readStatus } from './status.ts';
import { claimKeyOf } from './steps.ts';
import { numbersOf } from './sweep.ts';
import { type Judged, look, looking, shardsIn } from './sweep-look.ts';
import { judgeReserved, unlimitedFrom } from './sweep-sale.ts';
import type { Verdict } from './sweep-verdict.ts';
import type { EpochMs } from './units.ts';

/** One order, and what a sweep would do about it. */
export type Case = {
  readonly orderId: string;
  readonly verdict: Exclude<Verdict, 'leave'>;
  /** What its claim says; nothing where that is missing. */
  readonly state?: Claim['state'];
  /** When its attempt began. */
  readonly since: EpochMs;
  readonly payBy?: EpochMs;
};

/** A shard whose sum is wrong: no sweep touches it. */
type Flaw = { readonly shard: string; readonly what: string };

export type ItemFindings = {
  readonly sku: string;
  readonly cases: readonly Case[];
  readonly flaws: readonly Flaw[];
  /** What shoppers are told and is not so, either way; nothing where it is right. */
  readonly soldOut?: 'said-but-free' | 'not-said';
  /** Shards that buyers skip, and that have units. */
  readonly skipped: number;
};

export type LookWorld = {
  readonly store: Store;
  readonly queue: OrderQueue;
  readonly records: OrderRecords;
};

/** Looks at every item of a sale. @param tell told after each range of shards */
export async function lookAtSale(
  world: LookWorld,
  sale: PublishedSale,
  now: EpochMs,
  tell: () => void,
): Promise<readonly ItemFindings[]> {
  const findings: ItemFindings[] = [];
  for (const { sku, units } of sale.items) {
    const item = { saleId: sale.id, sku };
    findings.push(
      units === 'unlimited'
        ? await lookAtRecords(world, sale, item, now)
        : await lookAtShards(world, item, now, tell),
    );
  }
  return findings;
}

/** What one range of shards has. */
type Range = Pick<ItemFindings, 'cases' | 'flaws' | 'skipped'> & { readonly free: number };

async function lookAtShards(
  world: LookWorld,
  item: ItemKey,
  now: EpochMs,
  tell: () => void,
): Promise<ItemFindings> {
  const status = await readStatus(world.store, item);
  const ranges: Range[] = [];
  for (const block of blocksOf(status?.shards ?? 0)) {
    ranges.push(await lookAtRange(world, item, block, status as Status, now));
    tell();
  }
  const free = ranges.reduce((sum, range) => sum + range.free, 0);
  const soldOut = wrongly(status, free);
  return {
    sku: item.sku,
    cases: ranges.flatMap(({ cases }) => cases),
    flaws: ranges.flatMap(({ flaws }) => flaws),
    skipped: ranges.reduce((sum, { skipped }) => sum + skipped, 0),
    ...(soldOut && { soldOut }),
  };
}

function wrongly(status: Status | undefined, free: number): ItemFindings['soldOut'] {
  if (status === undefined || status.shards === 0) return undefined;
  if (status.soldOut && free > 0) return 'said-but-free';
  return !status.soldOut && free === 0 ? 'not-said' : undefined;
}

async function lookAtRange(
  { store, queue }: LookWorld,
  item: ItemKey,
  block: number,
  status: Status,
  now: EpochMs,
): Promise<Range> {
  const numbers = numbersOf(block, status);
  const judged = await run(looking, look(item, numbers, now), { store, queue });
  const [hint, ...items] = await store.read([
    hintKey(item, block),
    ...numbers.map((number) => shardKey(item, number)),
  ]);
  const shards = shardsIn(numbers, { kind: 'items', items });
  const { empty = new Set<number>() } = (hint ?? {}) as Hint;
  return {
    cases: judged.flatMap((one) => caseOf(item, one)),
    flaws: [...shards].flatMap(([number, shard]) => flawsOf(item, number, shard)),
    free: [...shards.values()].reduce((sum, { avail }) => sum + avail, 0),
    skipped: [...empty].filter((number) => (shards.get(number)?.avail ?? 0) > 0).length,
  };
}

const flawsOf = (item: ItemKey, number: number, shard: Shard): readonly Flaw[] =>
  shardFlaws(shard).map((what) => ({ shard: shardKey(item, number).pk, what }));

type Found = Pick<Judged, 'verdict' | 'claim'> & { readonly holder: Holder };

function caseOf(item: ItemKey, { verdict, holder, claim }: Found): readonly Case[] {
  if (verdict === 'leave') return [];
  const { state, payBy } = claim ?? {};
  return [
    {
      ...{ orderId: orderIdOf({ ...item, holder }), verdict, since: startOf(holder) },
      ...(state && { state }),
      ...(payBy !== undefined && { payBy }),
    },
  ];
}

/** Stock without end has no holders: its reserved records are looked at once nobody can pay any more. */
async function lookAtRecords(
  { store, records }: LookWorld,
  sale: PublishedSale,
  item: ItemKey,
  now: EpochMs,
): Promise<ItemFindings> {
  const cases: Case[] = [];
  if (now >= unlimitedFrom(sale)) {
    for await (const { orderId } of records.reserved(item)) {
      const holder = orderOf(orderId)?.holder ?? '';
      const [found] = await store.read([claimKeyOf(item, holder)]);
      const claim = found as unknown as Claim | undefined;
      if (claim === undefined || !isSameAttempt(claim, holder)) continue;
      cases.push(...caseOf(item, { verdict: judgeReserved(claim, now), holder, claim }));
    }
  }
  return { sku: item.sku, cases, flaws: [], skipped: 0 };
}
