/** @module What an alarm is made of, as data. */

import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * An alarm. What is missing is not breaching: most metrics are silent while no sale runs, and where silence itself is
 * wrong the formula says so.
 */
export type AlarmRule = {
  /** A heading of `docs/operations.md`. */
  readonly name: string;
  /** What it means, in a sentence for a message at night. */
  readonly means: string;
  readonly metric: IMetric;
  /** It fires above this. */
  readonly above: number;
  /**
   * How many of how many periods: one where one is too many, two of three where a bad minute heals by itself.
   *
   * @default 'two-of-three'
   */
  readonly after?: 'one' | 'two-of-three';
};
