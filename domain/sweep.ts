/**
 * @module
 * The sweep of one block of shards: expires, heals, settles and counts. Its cost follows open orders, for paid ones that
 * are recorded leave `held`.
 */

import { unitsIn } from './audit-books.ts';
import { shardFlaws } from './audit-stock.ts';
import {
  type Hint,
  hintKey,
  type ItemKey,
  SHARDS_PER_HINT,
  type Shard,
  type Status,
  shardKey,
} from './items.ts';
import { inParallel } from './parallel.ts';
import type { OrderQueue, Store } from './ports.ts';
import { run } from './process.ts';
import { readStatus } from './status.ts';
import { attributes } from './steps.ts';
import { cures, curing } from './sweep-cure.ts';
import { type Judged, look, looking, shardsIn } from './sweep-look.ts';
import type { Verdict } from './sweep-verdict.ts';
import type { EpochMs } from './units.ts';

export type SweepWorld = { readonly store: Store; readonly queue: OrderQueue };

/** How many holders are healed at once. */
const AT_ONCE = 16;

/** What a sweep of a block did, by verdict, and what it left. */
export type Swept = { readonly did: Readonly<Record<Verdict, number>>; readonly hint: Hint };

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
  const judged = await run(looking, look(item, numbersOf(block, status), now), world);
  await inParallel(AT_ONCE, cures(item, judged, now), async (cure) => {
    const { unsent, why } = await run(curing, cure, world);
    if (unsent) throw why;
  });
  const hint = await summarise(world.store, item, block, status, now);
  return { did: countBy(judged), hint };
}

/** The shards of a block that there are. */
export const numbersOf = (block: number, { shards }: Status): readonly number[] => {
  const first = block * SHARDS_PER_HINT;
  const length = Math.max(0, Math.min(SHARDS_PER_HINT, shards - first));
  return Array.from({ length }, (_, index) => first + index);
};

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
  const numbers = numbersOf(block, status);
  const items = await store.read(numbers.map((number) => shardKey(item, number)));
  const hint = { ...tally(shardsIn(numbers, { kind: 'items', items })), sweptAt: now, releases };
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
