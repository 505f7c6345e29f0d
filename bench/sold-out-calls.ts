/** @module What rejects cost of AWS, from the calls that the buy function made meanwhile. */

import type { CallCount } from '../local/calls.ts';

/** How a stretch of rejects went. */
export type Stretch = {
  readonly calls: readonly Pick<CallCount, 'function' | 'service' | 'operation' | 'calls'>[];
  readonly ms: number;
  readonly rejects: number;
  /** Environments of the buy function that there were. */
  readonly environments: number;
};

/**
 * Calls of DynamoDB that no look at the sale explains, a second. An environment looks at most once a second: in 2.5 s
 * three times. Whatever is no read explains nothing.
 */
export function beyondViews({ calls, ms, environments }: Stretch): number {
  const asked = calls.filter(isTable);
  const looks = asked.filter(({ operation }) => operation === 'BatchGetItem');
  const most = environments * (Math.floor(ms / 1000) + 1);
  const beyond = countOf(asked) - Math.min(countOf(looks), most);
  return (beyond / ms) * 1000;
}

/** Calls of any service for 1,000 rejects, the looks among them. */
export const callsPerThousand = ({ calls, rejects }: Stretch): number =>
  (countOf(calls.filter(isOfBuy)) / rejects) * 1000;

type Counted = Stretch['calls'][number];

/** Schedules run meanwhile: their functions' calls are not the rejects'. */
const isOfBuy = (call: Counted): boolean => call.function === 'Buy';

const isTable = (call: Counted): boolean => isOfBuy(call) && call.service === 'dynamodb';

const countOf = (calls: readonly Counted[]): number =>
  calls.reduce((sum, one) => sum + one.calls, 0);
