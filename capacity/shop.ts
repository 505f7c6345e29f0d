/** @module What happens to presses of Buy that have reached the function: by the shop as it is built, or by another. */

/** What became of those who reached the function in one tick. Together they are those who came. */
export type Answers = {
  readonly orders: number;
  /** Told for good that nothing is left. */
  readonly soldOut: number;
  /** Asked to come again: nothing was found in as many looks as one request has. */
  readonly busy: number;
  /** Asked to come again: the table, or a partition of it, was over its limit. */
  readonly throttled: number;
};

export type Shop = {
  /** Serves one tick. */
  serve(buyers: number): Answers;
  /** Puts the units of orders that were not paid back on sale. */
  giveBack(orders: number): void;
  /** Write units used so far. */
  written(): number;
};
