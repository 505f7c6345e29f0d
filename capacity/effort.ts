/** @module What one press of Buy costs the tables: from the steps of `domain/buy.ts`. */

import { UNITS_PER_SHARD } from '../domain/grant.ts';
import { SHARDS_PER_HINT } from '../domain/items.ts';
import { MOST_SHARDS_TO_SCAN } from '../domain/sold-out.ts';
import { PROBES_PER_REQUEST } from '../domain/standing.ts';
import type { Plan } from './plan.ts';

/** What steps cost in write units: a shard of more than 40 units is larger than 1 KB, and a write to it costs two. */
export function writesOf({ units, shards }: Pick<Plan, 'units' | 'shards'>) {
  const shard = shards > 0 && units / shards > UNITS_PER_SHARD ? 2 : 1;
  return {
    shard,
    /** The claim, besides what follows. */
    claim: 1,
    /** Hold, and confirm. */
    win: shard + 1,
    /** A shard that was empty: the hold in vain, and the move to the next. */
    failure: shard + 1,
    /** A payment, and its shard's settlement by the sweep. */
    pay: 1 + shard,
    /** Releasing, the unit given back, the release counted, released. */
    release: 3 + shard,
  };
}

/** Writes of its record, for each state that it comes to. */
export const WRITES_PER_RECORD = 1;

/** Hints beyond these are not read: with the sale and the status they fill one BatchGetItem. */
const MOST_HINTS = 98;

/** Up to so many shards a second of an item may be scanned for a proof of "sold out". */
export const SCANS_PER_SECOND = MOST_SHARDS_TO_SCAN;

/** Shards that one request looks at. */
export const looksOf = (shards: number): number => Math.min(PROBES_PER_REQUEST, shards);

/** Share of the shards that hints can speak of at all. */
export const hinted = (shards: number): number =>
  shards === 0 ? 1 : Math.min(1, (MOST_HINTS * SHARDS_PER_HINT) / shards);

/** Whether whoever finds nothing may prove that nothing is left; above that only the sweep may. */
export const isScanned = (shards: number): boolean => shards <= MOST_SHARDS_TO_SCAN;

/** Read units of the sale, an item of some KB. */
export const SALE_READS = 1;

/** Read units with which an environment keeps its view current, a second: sale, status and hints. */
export const viewReads = (shards: number): number =>
  SALE_READS + 0.5 + 0.5 * Math.min(MOST_HINTS, Math.ceil(shards / SHARDS_PER_HINT));

/** What the gate reads for a session, a challenge, a ticket or a buy: keys, settings, the sale. */
export const READS_OF_GATE = 3;

/** Sending, receiving and deleting: an upper bound, for up to ten messages share the last two. */
export const CALLS_PER_MESSAGE = 3;
