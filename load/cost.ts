/** @module What a sale would have cost on AWS, line by line. */

import { CALLS_PER_MESSAGE, READS_OF_GATE } from '../capacity/effort.ts';
import { PRICES } from '../capacity/prices.ts';
import { FUNCTION_MEMORY_MB } from '../capacity/sizes.ts';
import { BUY_SECONDS } from '../domain/warmth.ts';
import type { CallCount } from '../local/calls.ts';
import type { Purpose, Traffic } from './client.ts';
import type { Usage } from './usage.ts';

export type CostLine = {
  readonly what: string;
  readonly count: number;
  readonly usd: number;
};

export type Cost = { readonly usd: number; readonly lines: readonly CostLine[] };

/** What the gate reads for each kind of request: keys, settings, the sale, who is blocked. */
const GATE_READS: Readonly<Record<Purpose, number>> = {
  time: 0,
  session: READS_OF_GATE,
  challenge: READS_OF_GATE,
  ticket: READS_OF_GATE,
  flag: 0,
  buy: READS_OF_GATE,
  order: 1,
  checkout: 1,
  // The provider is not behind our edge.
  provider: 0,
};

/** Adds up what was used. */
export function costOf(usage: Usage): Cost {
  const { traffic, edgeRequests, apiRequests, runs, scheduled, calls } = usage;
  const lines = [
    line('CloudFront requests', edgeRequests, PRICES.cloudFrontRequest),
    line('CloudFront transfer, GB', traffic.bytes / 1e9, PRICES.transferGb),
    line('gate: function runs', edgeRequests, PRICES.gateRun),
    line('gate: KeyValueStore reads', gateReads(traffic), PRICES.keyValueRead),
    line('API Gateway requests', apiRequests, PRICES.apiRequest),
    line('Lambda runs', runs, PRICES.lambdaRequest),
    line(
      `Lambda GB-seconds (assumed: ${BUY_SECONDS * 1000} ms a run)`,
      runs * BUY_SECONDS * (FUNCTION_MEMORY_MB / 1024),
      PRICES.lambdaGbSecond,
    ),
    line('DynamoDB write units', sum(calls.map(({ writeUnits }) => writeUnits)), PRICES.writeUnit),
    line('DynamoDB read units', sum(calls.map(({ readUnits }) => readUnits)), PRICES.readUnit),
    line('SQS calls', countOf(calls, 'SendMessage') * CALLS_PER_MESSAGE, PRICES.queueCall),
    line('EventBridge events', countOf(calls, 'PutEvents'), PRICES.event),
    line('Scheduler runs', scheduled, PRICES.scheduled),
  ];
  return { usd: sum(lines.map(({ usd }) => usd)), lines };
}

const gateReads = ({ requests }: Traffic): number =>
  sum(Object.entries(GATE_READS).map(([purpose, reads]) => reads * requests[purpose as Purpose]));

const line = (what: string, count: number, price: number): CostLine => ({
  what,
  count,
  usd: count * price,
});

const countOf = (calls: readonly CallCount[], operation: string): number =>
  sum(calls.filter((one) => one.operation === operation).map((one) => one.calls));

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
