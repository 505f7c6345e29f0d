/** @module How many units of an item were free at each instant, from what claims and records say of their orders. */

import { claimAt, holderIn, type Ledger, startOf, sum, unitsOf } from './audit-books.ts';
import type { Claim } from './items.ts';
import type { Holder } from './order-id.ts';
import type { OrderRecord } from './order-record.ts';
import type { EpochMs } from './units.ts';

/** From each instant on, so many units are free; in order. Before the first there are none. */
export type Timeline = readonly { readonly at: EpochMs; readonly free: number }[];

/** Units that are not free from one instant until another. */
type Stay = { readonly from: EpochMs; readonly until: EpochMs; readonly units: number };

const EVER = Number.POSITIVE_INFINITY;

/**
 * Rather too few free units than too many: an order takes its units from the instant at which its attempt began, and
 * until its release is complete. What a crashed twin held for a while leaves no trace, and is not in it.
 */
export function timelineOf(ledger: Ledger): Timeline {
  const changes = new Map<EpochMs, number>();
  const add = (at: EpochMs, units: number) => changes.set(at, (changes.get(at) ?? 0) + units);
  for (const { at, units } of grantsOf(ledger)) add(at, units);
  for (const { from, until, units } of staysOf(ledger)) {
    add(from, -units);
    add(until, units);
  }
  let free = 0;
  return [...changes]
    .sort(([one], [other]) => one - other)
    .map(([at, units]) => {
      free += units;
      return { at, free };
    });
}

/**
 * The fewest units that were free in a stretch of time, both ends included. Stops looking at the first instant with
 * no more than `enough`.
 */
export function leastFree(line: Timeline, from: EpochMs, until: EpochMs, enough = 0): number {
  let index = lastBefore(line, from);
  let least = line[index]?.free ?? 0;
  while (least > enough) {
    index += 1;
    const next = line[index];
    if (next === undefined || next.at > until) break;
    least = Math.min(least, next.free);
  }
  return least;
}

/** The place of the last entry at or before an instant, or -1. */
function lastBefore(line: Timeline, instant: EpochMs): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(line[middle]?.at) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** When units came; all at the beginning when nothing is known of it. A grant that is not there yet counts nothing. */
function grantsOf({ books }: Ledger) {
  let left = sum(books.shards.map(({ shard }) => shard.cap));
  if (books.grants.length === 0) return [{ at: -EVER, units: left }];
  return books.grants
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, units }) => {
      const come = Math.min(units, left);
      left -= come;
      return { at, units: come };
    });
}

const staysOf = (ledger: Ledger): Stay[] => [
  ...ledger.books.claims.flatMap(({ claim }) => stayOfClaim(claim)),
  ...ledger.books.records.flatMap((record) => stayOfRecord(ledger, record)),
  ...ledger.books.shards.flatMap(({ index, shard }) =>
    [...(shard.held ?? [])].flatMap((holder) => stayOfHold(ledger, holder, index)),
  ),
];

function stayOfClaim({ state, reason, claimedAt, changedAt, quantity: units }: Claim): Stay[] {
  // A pending attempt takes units only if it holds them, and one that found nothing never did.
  if (state === 'PENDING' || reason === 'sold-out') return [];
  return [{ from: claimedAt, until: state === 'RELEASED' ? changedAt : EVER, units }];
}

/** Records tell of the attempts that their claims no longer speak of. */
function stayOfRecord(ledger: Ledger, record: OrderRecord): Stay[] {
  const { state, claimedAt, releasedAt, quantity: units } = record;
  const holder = holderIn(record);
  const claim = claimAt(ledger, holder);
  if (claim?.holder === holder) return [];
  const until = state === 'PAID' ? EVER : (releasedAt ?? claim?.claimedAt ?? EVER);
  return [{ from: claimedAt, until, units }];
}

/** Pending attempts, and holds that no claim stands for. */
function stayOfHold(ledger: Ledger, holder: Holder, shard: number): Stay[] {
  const claim = claimAt(ledger, holder);
  const isItsOwn = claim?.holder === holder && claim.shard === shard && claim.state !== 'PENDING';
  if (isItsOwn) return [];
  return [{ from: startOf(holder), until: EVER, units: unitsOf(holder) }];
}
