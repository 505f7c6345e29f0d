/**
 * @module
 * What a sale costs in USD, line by line, from its course. Without free tiers and without what costs by the month: storage,
 * alarms, secrets, the web ACL itself.
 */

import { lateUntil } from '../domain/sweep-sale.ts';
import { WARM_EARLY_MS, warmUntil } from '../domain/warmth.ts';
import { CALLS_PER_MESSAGE, READS_OF_GATE, viewReads } from './effort.ts';
import { type Course, simulate } from './model.ts';
import type { Plan } from './plan.ts';
import { PRICES } from './prices.ts';
import type { Second } from './second.ts';
import type { Setting } from './setting.ts';
import { FUNCTION_MEMORY_MB, ORDERS_BATCH } from './sizes.ts';
import { rangesOf, SWEEP_EVERY } from './sweeps.ts';
import { RECORD_BATCH_SECONDS, SWEEP_RANGE_SECONDS } from './timings.ts';

type CostLine = {
  readonly what: string;
  readonly count: number;
  readonly usd: number;
};

export type Cost = { readonly usd: number; readonly lines: readonly CostLine[] };

/** A line of the log of each run, in GB. */
const LOG_GB = 0.5e-6;

/** Of the naive design: what a function is given where nobody has measured. */
const NAIVE_GB = 1;

const MB_OF_GB = 1024;

/** What a sale costs as it is built. */
export function costOf(setting: Setting, { seconds }: Course): Cost {
  const { plan, limits, habits } = setting;
  const total = totalOf(seconds);
  const clicks = total('clicks');
  const early = plan.shoppers * habits.present;
  const edge =
    total('edgeRequests') +
    early * (habits.pageRequests + habits.doorRequests + habits.looksBefore);
  const bytes = plan.shoppers * habits.pageBytes + edge * habits.answerBytes;
  const messages = total('sold') + total('paid') + total('released');
  const sweeps = sweepsOf(plan);
  const ranges = sweeps * Math.max(1, rangesOf(plan.shards));
  const records = messages / ORDERS_BATCH;
  const runs = total('runs') + records + ranges;
  const busy = total('busySeconds') + records * RECORD_BATCH_SECONDS + ranges * SWEEP_RANGE_SECONDS;
  const gb = FUNCTION_MEMORY_MB / MB_OF_GB;
  const kept = limits.readyEnvironments * warmSeconds(plan) * gb;
  return sumOf([
    line('CloudFront requests', edge, PRICES.cloudFrontRequest),
    line('CloudFront transfer, GB', bytes / 1e9, PRICES.transferGb),
    line('gate: function runs', edge, PRICES.gateRun),
    line(
      'gate: KeyValueStore reads',
      READS_OF_GATE * (plan.shoppers * DOORS + clicks),
      PRICES.keyValueRead,
    ),
    line('AWS WAF requests', edge, PRICES.wafRequest),
    line('API Gateway requests', total('apiRequests'), PRICES.apiRequest),
    line('Lambda runs', runs, PRICES.lambdaRequest),
    line('Lambda GB-seconds', busy * gb, PRICES.lambdaGbSecond),
    line('Lambda provisioned GB-seconds', kept, PRICES.provisionedGbSecond),
    line('DynamoDB write units', total('writes') + plan.shards, PRICES.writeUnit),
    line('DynamoDB read units', readsOf(setting, seconds, sweeps), PRICES.readUnit),
    line('SQS calls', (messages + ranges) * CALLS_PER_MESSAGE, PRICES.queueCall),
    line('EventBridge events', messages, PRICES.event),
    line('Scheduler runs', sweeps + SCHEDULES, PRICES.scheduled),
    line('logs, GB', runs * LOG_GB, PRICES.logGb),
  ]);
}

/** What the naive design costs, were there no limits but that of its counter. */
export function naiveCostOf(setting: Setting): Cost {
  const { plan, habits } = setting;
  const { seconds } = simulate({ ...setting, limits: unlimited(setting.limits) }, 'naive');
  const total = totalOf(seconds);
  const files = total('edgeRequests') + plan.shoppers * habits.present * habits.pageRequests;
  const bytes = plan.shoppers * habits.pageBytes + total('apiRequests') * habits.answerBytes;
  const runs = total('runs');
  return sumOf([
    line('CloudFront requests', files, PRICES.cloudFrontRequest),
    line('CloudFront transfer, GB', bytes / 1e9, PRICES.transferGb),
    line('API Gateway requests', total('apiRequests'), PRICES.apiRequest),
    line('Lambda runs', runs, PRICES.lambdaRequest),
    line('Lambda GB-seconds', total('busySeconds') * NAIVE_GB, PRICES.lambdaX86GbSecond),
    line('DynamoDB write units', total('writes'), PRICES.writeUnit),
    line('DynamoDB read units', runs / 2, PRICES.readUnit),
    line('logs, GB', runs * LOG_GB, PRICES.logGb),
  ]);
}

/** Session, challenge, ticket. */
const DOORS = 3;

/** Opening, closing, warm-up, cool-down, reconciliation. */
const SCHEDULES = 5;

/** Nobody is turned away but by the one counter. */
const unlimited = (limits: Setting['limits']): Setting['limits'] => ({
  ...limits,
  apiRate: 1e9,
  apiBurst: 1e9,
  concurrency: 1e9,
  newEnvironments: 1e9,
  warmWrites: 1e9,
  tableWrites: 1e9,
});

/** A sweep reads of each open order its claim and its record; `npm run bench -- sweep` measures it. */
const READS_PER_OPEN = 2;

/** Sweeps from the opening until no late payment may buy any more. */
const sweepsOf = ({ open, paymentWindow }: Plan): number =>
  Math.ceil(lateUntil({ closesAt: open * 1000, paymentWindow }) / 1000 / SWEEP_EVERY);

/** What one more environment that is kept ready costs for a sale, in USD. */
export const readyCost = (plan: Plan): number =>
  (FUNCTION_MEMORY_MB / MB_OF_GB) * warmSeconds(plan) * PRICES.provisionedGbSecond;

/** For how long environments are kept ready, in seconds. */
const warmSeconds = ({ open, expectedShoppers, perSecond }: Plan): number =>
  (WARM_EARLY_MS +
    warmUntil({
      opensAt: 0,
      closesAt: open * 1000,
      admission: { expectedShoppers, perSecond, difficulty: 0, ticketSeconds: 0 },
    })) /
  1000;

/** Views of environments, and what sweeps look at: each shard twice, and the claim of each order that is open. */
function readsOf({ plan }: Setting, seconds: readonly Second[], sweeps: number): number {
  const views = seconds.reduce(
    (sum, { environments, soldOut, sold, busy }) =>
      sum + Math.min(environments, soldOut + sold + busy) * viewReads(plan.shards),
    0,
  );
  let open = 0;
  let held = 0;
  for (const [second, { sold, paid, released }] of seconds.entries()) {
    open += sold - paid - released;
    if (second % SWEEP_EVERY === 0) held += open;
  }
  return views + sweeps * plan.shards * 2 + held * READS_PER_OPEN;
}

const totalOf =
  (seconds: readonly Second[]) =>
  (name: keyof Second): number =>
    seconds.reduce((sum, second) => sum + second[name], 0);

const line = (what: string, count: number, price: number): CostLine => ({
  what,
  count,
  usd: count * price,
});

const sumOf = (lines: readonly CostLine[]): Cost => ({
  usd: lines.reduce((sum, { usd }) => sum + usd, 0),
  lines,
});
