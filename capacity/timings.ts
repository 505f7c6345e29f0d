/**
 * @module
 * How long things take on AWS, in seconds. Assumptions from what others measured, not measurements of ours: a laptop says
 * nothing about them. `docs/capacity.md` names their sources. How long a buy takes is in `domain/warmth.ts`.
 */

/** A first request: module, clients, and the first TLS connection to DynamoDB. */
export const COLD_BUY_SECONDS = 0.4;

/** A batch of 10 order records. */
export const RECORD_BATCH_SECONDS = 0.06;

/** One transaction on a hot item, from its first write to its last: whoever comes meanwhile is rejected. */
export const TRANSACTION_SECONDS = 0.01;

/** A look at 200 shards and the claims of their holders. */
export const SWEEP_RANGE_SECONDS = 2;

/** A buy of the naive shop: x86, the whole SDK, a transaction. */
export const NAIVE_BUY_SECONDS = 0.08;

/** A look at the stock of the naive shop. */
export const NAIVE_LOOK_SECONDS = 0.02;

/** How much longer than half of the buys all but one in a hundred take at most, warm: four calls, one of which is slow. */
export const BUY_P99_OVER_MEDIAN = 2.5;
