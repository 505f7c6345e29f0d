/**
 * @module
 * All limits, and their bare numbers for one Region and stage: what the model takes as its input, and what one more unit
 * may be added to.
 */

import { AWS_LIMITS } from './aws-limits.ts';
import type { Limit } from './limit.ts';
import { OWN_LIMITS } from './own-limits.ts';
import { regional } from './regions.ts';
import { keptFor, SIZES, type StageName } from './sizes.ts';

/** Every limit, by name. */
export const LIMITS = { ...AWS_LIMITS, ...OWN_LIMITS } as const;

export type LimitName = keyof typeof LIMITS;

/** The bare numbers: what the model takes, and what one more unit may be added to. */
export type Limits = Readonly<Record<LimitName, number>>;

/** What a stage may do in an account that has asked for nothing yet. */
export function limitsIn(region: string, stage: StageName = 'prod'): Limits {
  const values = Object.entries(LIMITS).map(([name, { value }]) => [name, value]);
  const usual = { ...(Object.fromEntries(values) as Limits), ...regional(region) };
  const { buyThrottle, browseThrottle } = SIZES;
  return {
    ...usual,
    buyRate: buyThrottle[stage].rateLimit,
    buyBurst: buyThrottle[stage].burstLimit,
    browseRate: browseThrottle[stage].rateLimit,
    browseBurst: browseThrottle[stage].burstLimit,
    buyEnvironments: keptFor(stage, usual.concurrency),
    mostReady: SIZES.mostWarm[stage],
    recordBatches: SIZES.ordersMaxConcurrency[stage],
    sweepRanges: SIZES.sweepsMaxConcurrency[stage],
  };
}

/** How somebody raises a limit, in a few words. */
export function raiseText({ raise }: Limit): string {
  switch (raise.by) {
    case 'quota':
      return `${raise.code ?? `"${raise.name}" (code unverified)`} of ${raise.service}`;
    case 'support':
      return 'a case with AWS Support';
    case 'warm-throughput':
      return 'warm throughput';
    case 'provisioned':
      return 'provisioned concurrency';
    case 'size':
      return `${raise.name}, and a deployment`;
    case 'nobody':
      return 'cannot be raised';
  }
}
