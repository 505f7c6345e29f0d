/** @module What one press of Buy costs the tables: from the steps of `domain/buy.ts`. */

import { SHARDS_PER_HINT } from '../domain/items.ts';
import { MOST_SHARDS_TO_SCAN } from '../domain/sold-out.ts';
import { PROBES_PER_REQUEST } from '../domain/standing.ts';

/** Claim, hold, confirm. */
export const WRITES_TO_WIN = 3;

/** A shard that was empty: the hold in vain, and the move to the next. */
export const WRITES_PER_FAILURE = 2;

/** A payment, and its shard's settlement by the sweep. */
export const WRITES_TO_PAY = 2;

/** Releasing, the unit given back, the release counted, released. */
export const WRITES_TO_RELEASE = 4;

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

/** Read units with which an environment keeps its view current, a second: sale (of some KB), status and hints. */
export const viewReads = (shards: number): number =>
  1 + 0.5 + 0.5 * Math.min(MOST_HINTS, Math.ceil(shards / SHARDS_PER_HINT));

/** What the gate reads for a session, a challenge, a ticket or a buy: keys, settings, the sale. */
export const READS_OF_GATE = 3;

/** Sending, receiving and deleting: an upper bound, for up to ten messages share the last two. */
export const CALLS_PER_MESSAGE = 3;
