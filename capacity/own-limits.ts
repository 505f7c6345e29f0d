/** @module What the stack allows itself, in prod: usage plans, environments, batches. */

import type { Limit } from './limit.ts';
import { keptFor, SIZES } from './sizes.ts';

const OURS = 'capacity/sizes.ts';

export const OWN_LIMITS = {
  buyRate: {
    what: 'requests of the usage plan for buys',
    unit: '/s',
    value: SIZES.buyThrottle.prod.rateLimit,
    raise: { by: 'size', name: 'buyThrottle' },
    source: OURS,
  },
  buyBurst: {
    what: 'bucket of the usage plan for buys',
    unit: 'requests',
    value: SIZES.buyThrottle.prod.burstLimit,
    raise: { by: 'size', name: 'buyThrottle' },
    source: OURS,
  },
  browseRate: {
    what: 'requests of the usage plan for pages and orders',
    unit: '/s',
    value: SIZES.browseThrottle.prod.rateLimit,
    raise: { by: 'size', name: 'browseThrottle' },
    source: OURS,
  },
  browseBurst: {
    what: 'bucket of the usage plan for pages and orders',
    unit: 'requests',
    value: SIZES.browseThrottle.prod.burstLimit,
    raise: { by: 'size', name: 'browseThrottle' },
    source: OURS,
  },
  buyEnvironments: {
    what: 'environments kept for the buy function',
    unit: 'at once',
    value: keptFor('prod', 1_000),
    raise: { by: 'size', name: 'buyConcurrency' },
    source: OURS,
  },
  /** How many may stand {@link OWN_LIMITS.readyEnvironments ready}: a deployment leaves room for its next version. */
  mostReady: {
    what: 'environments of the buy function kept ready',
    unit: 'at once',
    value: SIZES.mostWarm.prod,
    raise: { by: 'size', name: 'mostWarm' },
    source: OURS,
  },
  /** Ready before the opening. 0 unless somebody has warmed the function up. */
  readyEnvironments: {
    what: 'provisioned environments of the buy function',
    unit: 'at once',
    value: 0,
    raise: { by: 'provisioned' },
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  },
  recordBatches: {
    what: 'batches that the record function works on',
    unit: 'at once',
    value: SIZES.ordersMaxConcurrency.prod,
    raise: { by: 'size', name: 'ordersMaxConcurrency' },
    source: OURS,
  },
  sweepRanges: {
    what: 'ranges of 200 shards swept',
    unit: 'at once',
    value: SIZES.sweepsMaxConcurrency.prod,
    raise: { by: 'size', name: 'sweepsMaxConcurrency' },
    source: OURS,
  },
} as const satisfies Readonly<Record<string, Limit>>;
