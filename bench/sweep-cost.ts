/** @module What a minute of sweeps costs: a sale is swept once in each. */

import { CALLS_PER_MESSAGE } from '../capacity/effort.ts';
import { PRICES } from '../capacity/prices.ts';
import { FUNCTION_MEMORY_MB } from '../capacity/sizes.ts';
import { SWEEP_RANGE_SECONDS } from '../capacity/timings.ts';
import type { CallCount } from '../local/calls.ts';

export type SweepCost = {
  /** Requests of DynamoDB. */
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly usd: number;
};

/** @param ranges that the shards are cut into: each is a run, and all but the first a message */
export function minuteOf(calls: readonly CallCount[], ranges: number): SweepCost {
  const tables = calls.filter(({ service }) => service === 'dynamodb');
  const total = (of: (one: CallCount) => number) => tables.reduce((sum, one) => sum + of(one), 0);
  const readUnits = total((one) => one.readUnits);
  const writeUnits = total((one) => one.writeUnits);
  const busy = ranges * SWEEP_RANGE_SECONDS * (FUNCTION_MEMORY_MB / 1024);
  const usd =
    readUnits * PRICES.readUnit +
    writeUnits * PRICES.writeUnit +
    ranges * PRICES.lambdaRequest +
    busy * PRICES.lambdaGbSecond +
    (ranges - 1) * CALLS_PER_MESSAGE * PRICES.queueCall +
    PRICES.scheduled;
  return { requests: total((one) => one.calls), readUnits, writeUnits, usd };
}
