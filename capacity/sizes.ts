/**
 * @module
 * The sizes of the stack that decide how many shoppers get through, dev and prod side by side. `lib/config.ts` builds from
 * them, and a plan computes with them: so a plan is of the stack that is deployed.
 */

/** A sustained rate, and how many requests may come at once before it counts. */
export type Throttle = {
  /** Requests per second. */
  readonly rateLimit: number;
  /** Requests. */
  readonly burstLimit: number;
};

export type StageName = 'dev' | 'prod';

type ByStage<T> = Readonly<Record<StageName, T>>;

const each = <T>(dev: T, prod: T): ByStage<T> => ({ dev, prod });

/**
 * MB of a function that does not say otherwise. CPU grows with memory: 1,769 MB are one processor. A buy waits for most of
 * its time, and becomes no shorter above 512; below, a processor half as fast as ours would be stopped within each buy.
 * @see docs/decisions/0019-memory-of-functions.md
 */
export const FUNCTION_MEMORY_MB = 512;

/** Messages that the record function is given at once. */
export const ORDERS_BATCH = 10;

export const SIZES = {
  /**
   * Usage plan of the buy path. The account has 10,000 requests/s and a bucket of 5,000 in all (2,500 and 1,250 in
   * newer Regions); the three plans of prod stay below it together. Prod: half of it for buys, the most that a sale
   * may admit. Dev: 2,000 shoppers of a rehearsal who click twice in one second are not throttled by it.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   */
  buyThrottle: each<Throttle>(
    { rateLimit: 5_000, burstLimit: 5_000 },
    { rateLimit: 5_000, burstLimit: 2_500 },
  ),

  /** Usage plan of sessions, status pages, orders and webhooks. Prod: what buys and operators leave, less 900 spare. */
  browseThrottle: each<Throttle>(
    { rateLimit: 5_000, burstLimit: 5_000 },
    { rateLimit: 4_000, burstLimit: 2_000 },
  ),

  /**
   * The session route's own share of the browse plan: reading identity tokens is the dearest of its requests, and a wave
   * of logins must leave room for status pages and orders. Prod: a quarter of the plan, 1 M logins in 17 minutes; the
   * page spreads its retries. Dev: all of the plan, for a rehearsal's crowd arrives at once.
   */
  sessionThrottle: each<Throttle>(
    { rateLimit: 5_000, burstLimit: 5_000 },
    { rateLimit: 1_000, burstLimit: 500 },
  ),

  /** Usage plan of operators: a few people and their scripts. */
  operateThrottle: each<Throttle>(
    { rateLimit: 50, burstLimit: 100 },
    { rateLimit: 100, burstLimit: 200 },
  ),

  /** What one method may use under any key: as much as the buys, so that no path can take what the plans share. */
  methodThrottle: each<Throttle>(
    { rateLimit: 5_000, burstLimit: 5_000 },
    { rateLimit: 5_000, burstLimit: 2_500 },
  ),

  /**
   * Environments kept for the buy function, and its ceiling. Prod: 5,000 buys/s at 40 ms each keep 200 busy, but Lambda
   * lets an environment answer 10 requests a second at most: 500. Dev: none, because new accounts have 10 environments
   * and refuse to reserve any.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  buyConcurrency: each<number | 'unreserved'>('unreserved', 500),

  /**
   * Environments of the buy function that are kept ready for a crowd, at most; the template parameter `MostWarm` can
   * change it. Prod: what is left of {@link SIZES.buyConcurrency} is for the version that a deployment brings. Dev: none,
   * for the reason above.
   */
  mostWarm: each(0, 450),

  /** The same for the record function: as many as its queue may use, so that the queue never meets a throttle. */
  recordConcurrency: each<number | 'unreserved'>('unreserved', 20),

  /**
   * Batches of 10 messages that the record function works on at once. At 60 ms a batch, prod records 3,300 messages/s:
   * 10,000 orders in 3 s. Dev: 5, what the event source starts with.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  ordersMaxConcurrency: each(5, 20),

  /**
   * Ranges of 200 shards swept at once. Prod: 1 M units are 12,500 shards, 63 ranges, in 3 rounds of about 2 s. Above
   * 2,000 shards only sweeps say "sold out": who has to wait for one comes again each second, and some give up.
   */
  sweepsMaxConcurrency: each(2, 25),
} as const;

/** Environments that the buy function may have in a stage. @param account what the account has, where none are kept */
export function keptFor(stage: StageName, account: number): number {
  const kept = SIZES.buyConcurrency[stage];
  return kept === 'unreserved' ? account : kept;
}
