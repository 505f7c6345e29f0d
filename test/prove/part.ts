/** @module What the parts of the proof have in common: how much of one is run, and what it tells. */

/** How much is run. */
export type Extent = {
  /** Everything, or what fits into a few minutes. */
  readonly full: boolean;
  /** Where random choices begin; the same seed chooses the same. */
  readonly seed: number;
  /** Runs only what has this in its name. */
  readonly only?: string;
};

/** One line of the table. */
export type Row = {
  readonly name: string;
  readonly explored: number;
  /** What was counted, in the plural: `states`, `faults`, `runs`. */
  readonly unit: string;
  readonly ms: number;
  /** What was found; each says how to see it again. Nothing, where the promises hold. */
  readonly found: readonly string[];
};

export type Part = {
  readonly name: string;
  run(extent: Extent, report: (row: Row) => void): Promise<void>;
};
