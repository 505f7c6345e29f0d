/**
 * @module
 * The sweep of one block of shards: expires, heals, settles and counts. Its cost follows open orders, for paid ones that
 * are recorded leave `held`.
 */

import { unitsIn } from './audit-books.ts';
import { shardFlaws } from './audit-stock.ts';
import { messageOf } from './claim.ts';
import {
  type Claim,
  type Hint,
  hintKey,
  type ItemKey,
  SHARDS_PER_HINT,
  type Shard,
  type Status,
  shardKey,
} from './items.ts';
import type { OrderState } from './messages.ts';
import type { Holder } from './order-id.ts';
import { type OrderRecord, recordKey } from './order-record.ts';
import { inParallel } from './parallel.ts';
import type { OrderQueue, Store } from './ports.ts';
import { run } from './process.ts';
import { release, releasing } from './release.ts';
import { readStatus } from './status.ts';
import { attributes, claimKeyOf, countRelease, giveBack, settle } from './steps.ts';
import { isOfAge, judge, type Verdict } from './sweep-verdict.ts';
import type { EpochMs } from './units.ts';

export type SweepWorld = { readonly store: Store; readonly queue: OrderQueue };

/** How many holders are healed at once. */
const AT_ONCE = 16;

/** What a sweep of a block did, by verdict, and what it left. */
export type Swept = { readonly did: Readonly<Record<Verdict, number>>; readonly hint: Hint };

type Holding = { readonly shard: number; readonly holder: Holder };
type Judged = Holding & { readonly claim: Claim | undefined; readonly verdict: Verdict };

/**
 * Sweeps one block of shards of an item and writes its summary.
 *
 * @returns nothing when the item is not there, or its stock is unlimited
 */
export async function sweepBlock(
  world: SweepWorld,
  item: ItemKey,
  block: number,
  now: EpochMs,
): Promise<Swept | undefined> {
  const status = await readStatus(world.store, item);
  if (status === undefined || status.shards === 0) return undefined;
  const shards = await readShards(world.store, item, block, status);
  const judged = await judgeAll(world.store, item, shards, now);
  await inParallel(AT_ONCE, judged, (one) => heal(world, item, one, now));
  await settleAll(world.store, item, judged);
  const hint = await summarise(world.store, item, block, status, now);
  return { did: countBy(judged), hint };
}

/** The shards of a block, by number. */
async function readShards(
  store: Store,
  item: ItemKey,
  block: number,
  { shards }: Status,
): Promise<ReadonlyMap<number, Shard>> {
  const first = block * SHARDS_PER_HINT;
  const numbers = Array.from({ length: SHARDS_PER_HINT }, (_, index) => first + index).filter(
    (number) => number < shards,
  );
  const items = await store.read(numbers.map((number) => shardKey(item, number)));
  return new Map(
    numbers.flatMap((number, index) => {
      const shard = items[index] as unknown as Shard | undefined;
      return shard === undefined ? [] : [[number, shard] as const];
    }),
  );
}

/** Reads claims after the shards that they are judged by, never before. */
async function judgeAll(
  store: Store,
  item: ItemKey,
  shards: ReadonlyMap<number, Shard>,
  now: EpochMs,
): Promise<readonly Judged[]> {
  const holdings: readonly Holding[] = [...shards].flatMap(
    ([shard, { held = new Set<Holder>() }]) =>
      [...held].filter((holder) => isOfAge(holder, now)).map((holder) => ({ shard, holder })),
  );
  const claims = await store.read(holdings.map(({ holder }) => claimKeyOf(item, holder)));
  const records = await store.read(holdings.map(({ holder }) => recordKey(item, holder)));
  return holdings.map(({ shard, holder }, index) => {
    const claim = claims[index] as unknown as Claim | undefined;
    const recorded = (records[index] as unknown as OrderRecord | undefined)?.state;
    return { shard, holder, claim, verdict: judge(holder, shard, claim, recorded, now) };
  });
}

/** Carries out one verdict. Settling is done shard by shard afterwards. */
async function heal(world: SweepWorld, item: ItemKey, judged: Judged, now: EpochMs): Promise<void> {
  const { verdict, claim, shard, holder } = judged;
  if (verdict === 'return') {
    const returned = await world.store.write(giveBack(item, shard, holder));
    if (returned.kind === 'done') await world.store.write(countRelease(item));
  }
  if (claim === undefined) return;
  if (verdict === 'resend')
    await world.queue.send(messageOf(item, claim, claim.state as OrderState));
  if (verdict === 'finish' || verdict === 'lapse' || verdict === 'expire') {
    const reason = verdict === 'lapse' ? 'lapsed' : 'expired';
    await run(releasing, release(item, claim, reason, now), world);
  }
}

async function settleAll(store: Store, item: ItemKey, judged: readonly Judged[]): Promise<void> {
  const settled = judged.filter(({ verdict }) => verdict === 'settle');
  const byShard = Map.groupBy(settled, ({ shard }) => shard);
  await inParallel(AT_ONCE, [...byShard], async ([shard, holders]) => {
    await store.write(
      settle(
        item,
        shard,
        holders.map(({ holder }) => holder),
      ),
    );
  });
}

/** Reads the shards once more, so that the summary says what the sweep leaves, and writes it with the hint. */
async function summarise(
  store: Store,
  item: ItemKey,
  block: number,
  status: Status,
  now: EpochMs,
): Promise<Hint> {
  // The count before this look: only if it still stands at the conclusion has nothing come back meanwhile.
  const releases = (await readStatus(store, item))?.releases ?? status.releases;
  const shards = await readShards(store, item, block, status);
  const hint = { ...tally(shards), sweptAt: now, releases };
  await store.write({ item: hintKey(item, block), put: attributes(hint) });
  return hint;
}

function tally(shards: ReadonlyMap<number, Shard>) {
  const all = [...shards];
  const total = (of: (shard: Shard) => number) => all.reduce((sum, [, one]) => sum + of(one), 0);
  const empty = all.filter(([, { avail }]) => avail === 0).map(([number]) => number);
  return {
    ...(empty.length === 0 ? {} : { empty: new Set(empty) as ReadonlySet<number> }),
    cap: total(({ cap }) => cap),
    avail: total(({ avail }) => avail),
    held: total(({ held }) => unitsIn(held)),
    sold: total(({ sold }) => unitsIn(sold)),
    open: total(({ held }) => held?.size ?? 0),
    largest: Math.max(0, ...all.map(([, { avail }]) => avail)),
    drift: all.filter(([, shard]) => shardFlaws(shard).length > 0).length,
  };
}

function countBy(judged: readonly Judged[]): Record<Verdict, number> {
  const did: Record<Verdict, number> = {
    leave: 0,
    return: 0,
    finish: 0,
    lapse: 0,
    expire: 0,
    resend: 0,
    settle: 0,
    alarm: 0,
  };
  for (const { verdict } of judged) did[verdict]++;
  return did;
}
