/**
 * @module
 * The sweep of a sale: every block of every item, a conclusion for each item, and the end of sweeping once nothing is
 * open.
 */

import { sum } from './audit-books.ts';
import { isOverdue, isSameAttempt, messageOf } from './claim.ts';
import { blocksOf, type Claim, type Hint, hintKey, type ItemKey, statusKey } from './items.ts';
import { orderOf } from './order-id.ts';
import type { OrderRecords, Store, SweepQueue } from './ports.ts';
import { run } from './process.ts';
import { release, releasing } from './release.ts';
import type { Item, PublishedSale } from './sale.ts';
import { concludeScan, soldOutMessage } from './sold-out.ts';
import { readStatus } from './status.ts';
import { claimKeyOf } from './steps.ts';
import { type SweepWorld, type Swept, sweepBlock } from './sweep.ts';
import type { Verdict } from './sweep-verdict.ts';
import { after, type EpochMs, type Seconds } from './units.ts';
import { exists, set } from './write.ts';

/** For that long after the last payBy a late payment may still buy again, and the sweep goes on. */
const LATE_SECONDS: Seconds = 30 * 60;

/** Sweeps in a row that find nothing open, before sweeping ends. */
export const QUIET_SWEEPS = 2;

export type SaleWorld = SweepWorld & {
  readonly records: OrderRecords;
  readonly sweeps: SweepQueue;
};

/** What is reported of an item; units, but for the counts of holders. */
export type ItemReport = {
  readonly sku: string;
  readonly cap: number;
  readonly forSale: number;
  readonly held: number;
  readonly sold: number;
  readonly open: number;
  readonly drift: number;
  /** Units sold or held beyond what the shards were given. */
  readonly oversold: number;
  /** How long ago the block was swept that has waited longest. */
  readonly lag: Seconds;
  readonly swept: Swept | undefined;
  /** What was done about orders of unlimited stock, which stand in no shard. */
  readonly followed?: Followed;
};

type Followed = Readonly<Partial<Record<Verdict, number>>>;

const capOf = ({ cap }: Hint) => cap;

/** Until when a late payment may buy again. */
export const lateUntil = (sale: Pick<PublishedSale, 'closesAt' | 'paymentWindow'>): EpochMs =>
  after(sale.closesAt, sale.paymentWindow + LATE_SECONDS);

/**
 * Sweeps a sale. Blocks beyond the first of an item are handed to the sweeps queue.
 *
 * @returns a report for each item, and whether sweeping is over
 */
export async function sweepSale(
  world: SaleWorld,
  sale: PublishedSale,
  now: EpochMs,
): Promise<{ readonly items: readonly ItemReport[]; readonly isOver: boolean }> {
  const items: ItemReport[] = [];
  for (const item of sale.items) {
    items.push(await sweepItem(world, sale, item, now));
  }
  if (now <= lateUntil(sale)) return { items, isOver: false };
  const isQuiet = items.every(({ open }) => open === 0);
  return { items, isOver: (await countQuiet(world.store, sale, isQuiet)) >= QUIET_SWEEPS };
}

async function sweepItem(
  world: SaleWorld,
  sale: PublishedSale,
  { sku }: Item,
  now: EpochMs,
): Promise<ItemReport> {
  const item = { saleId: sale.id, sku };
  const { shards, cap } = (await readStatus(world.store, item)) ?? { shards: 0, cap: 0 };
  const others = blocksOf(shards).slice(1);
  await world.sweeps.send(others.map((block) => ({ v: 1, kind: 'sweep', ...item, block })));
  const swept = await sweepBlock(world, item, 0, now);
  const followed = shards === 0 ? await followUnlimited(world, sale, item, now) : undefined;
  const hints = await concludeItem(world, item, now);
  const total = (of: (hint: Hint) => number | undefined) =>
    hints.reduce((sum, hint) => sum + (of(hint) ?? 0), 0);
  return {
    sku,
    cap,
    forSale: total(({ avail }) => avail),
    held: total(({ held }) => held),
    sold: total(({ sold }) => sold),
    open: total(({ open }) => open) + sum(Object.values(followed ?? {})),
    drift: total(({ drift }) => drift),
    oversold: Math.max(0, total(({ held }) => held) + total(({ sold }) => sold) - total(capOf)),
    lag: Math.max(0, ...hints.map(({ sweptAt = now }) => (now - sweptAt) / 1000)),
    swept,
    ...(followed && { followed }),
  };
}

/**
 * Adds up what the sweeps of all blocks found: says sold out, or takes it back, if nothing came back since the first of
 * them looked.
 *
 * @returns the summaries of the blocks
 */
export async function concludeItem(
  { store, queue }: SweepWorld,
  item: ItemKey,
  now: EpochMs,
): Promise<readonly Hint[]> {
  const status = await readStatus(store, item);
  if (status === undefined || status.shards === 0) return [];
  const keys = blocksOf(status.shards).map((block) => hintKey(item, block));
  const hints = (await store.read(keys)) as unknown as readonly (Hint | undefined)[];
  const known = hints.filter((hint) => hint?.sweptAt !== undefined) as readonly Hint[];
  if (known.length < hints.length) return known;
  if (!known.every(({ releases }) => releases === status.releases)) return known;
  const largest = Math.max(...known.map((hint) => hint.largest ?? 0));
  const concluded = await store.write(concludeScan(item, status.releases, largest));
  if (concluded.kind === 'done' && largest === 0 && !status.soldOut) {
    await queue.send(soldOutMessage(item, status.releases, now));
  }
  return known;
}

/** Orders of unlimited stock have no holders: after the closing their records lead to those that were never paid. */
async function followUnlimited(
  world: SaleWorld,
  sale: PublishedSale,
  item: ItemKey,
  now: EpochMs,
): Promise<Followed> {
  const did: Partial<Record<Verdict, number>> = {};
  if (now < unlimitedFrom(sale)) return did;
  for await (const record of world.records.reserved(item)) {
    const holder = orderOf(record.orderId)?.holder ?? '';
    const [found] = await world.store.read([claimKeyOf(item, holder)]);
    const claim = found as unknown as Claim | undefined;
    // A claim that has gone on to a later attempt sent its message before: the record will follow by itself.
    if (claim === undefined || !isSameAttempt(claim, holder)) continue;
    const verdict = await followUp(world, item, claim, now);
    did[verdict] = (did[verdict] ?? 0) + 1;
  }
  return did;
}

/** From then on the sweep looks at the reserved records of unlimited stock. */
export const unlimitedFrom = (sale: PublishedSale): EpochMs =>
  after(sale.closesAt, sale.paymentWindow);

/** What a RESERVED record of unlimited stock leads to, by the claim of its attempt. */
export function judgeReserved(claim: Claim, now: EpochMs): Verdict {
  if (claim.state === 'PAID') return 'resend';
  if (claim.state === 'RELEASING') return 'finish';
  return isOverdue(claim, now) ? 'expire' : 'leave';
}

async function followUp(
  world: SaleWorld,
  item: ItemKey,
  claim: Claim,
  now: EpochMs,
): Promise<Verdict> {
  const verdict = judgeReserved(claim, now);
  if (verdict === 'resend') await world.queue.send(messageOf(item, claim, 'PAID'));
  if (verdict === 'finish' || verdict === 'expire') {
    await run(releasing, release(item, claim, 'expired', now), world);
  }
  return verdict;
}

/** Counts sweeps in a row that found nothing open, on the status of the sale's first item. */
async function countQuiet(store: Store, sale: PublishedSale, isQuiet: boolean): Promise<number> {
  const item = { saleId: sale.id, sku: sale.items[0]?.sku ?? '' };
  const quiet = isQuiet ? ((await readStatus(store, item))?.quiet ?? 0) + 1 : 0;
  await store.write({ item: statusKey(item), when: exists, change: [set('quiet', quiet)] });
  return quiet;
}

/** Closes an item for good: no new buys, whatever the clock says. */
export const closeItem = (item: ItemKey) => ({
  item: statusKey(item),
  when: exists,
  change: [set('phase', 'CLOSED')],
});
