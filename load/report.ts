/** @module What a rehearsal found, as `--json` prints it. */

import {
  findingsOf,
  type Judgement,
  PROMISES,
  type PromiseName,
  type Verdict,
} from '../domain/audit.ts';
import { isGranted, type ShopperAnswer } from '../domain/audit-answers.ts';
import type { Finding } from '../domain/audit-books.ts';
import type { ItemCounts } from '../domain/audit-counts.ts';
import type { CallCount } from '../local/calls.ts';
import type { Cost, CostLine } from './cost.ts';
import type { CrowdLog } from './crowd.ts';

/** AWS calls and capacity, for one of something. */
export type Effort = {
  readonly dynamoWrites: number;
  readonly dynamoReads: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly sqs: number;
  readonly other: number;
};

export type Latency = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

export type Report = {
  /** Kept, not judged, or the ids of what broke it. */
  readonly promises: Readonly<Record<PromiseName, true | 'not-judged' | readonly string[]>>;
  /** How the sale differs from its file, a line each. */
  readonly eased: readonly string[];
  readonly shoppers: number;
  /** Presses of Buy, with those that were tried again. */
  readonly attempts: number;
  /** Orders that were granted. */
  readonly wins: number;
  /** Orders that the shop called paid while the crowd was there. */
  readonly paid: number;
  /** Answers that were no order, by code. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Of a press of Buy. */
  readonly latencyMs: Latency;
  readonly awsCalls: {
    /** One lone buy, until its record is written; nothing where it cannot be seen. */
    readonly win: Effort | 'not-seen';
    /** One buy of many after "sold out"; nothing where nobody was told so. */
    readonly reject: Effort | 'not-seen';
    /** Every call, by function, operation and table. */
    readonly all: readonly CallCount[];
  };
  readonly costUsd: number;
  readonly costLines: readonly CostLine[];
  readonly items: readonly ItemCounts[];
  /** Why the promises are broken. */
  readonly findings: readonly (Finding & { readonly promise: PromiseName })[];
  /** What breaks no promise and is odd. */
  readonly observations: readonly Finding[];
};

export type ReportInput = {
  readonly eased: readonly string[];
  readonly shoppers: number;
  readonly log: CrowdLog;
  readonly verdict: Verdict;
  readonly win: Effort | 'not-seen';
  readonly reject: Effort | 'not-seen';
  readonly calls: readonly CallCount[];
  readonly cost: Cost;
};

/** What is said where nothing of the stack can be seen. */
export const UNSEEN: Verdict = {
  promises: {
    'no-oversell': 'not-judged',
    'no-duplicate': 'not-judged',
    'no-leak': 'not-judged',
    'nothing-lost': 'not-judged',
    'exact-sell-through': 'not-judged',
  },
  items: [],
  observations: [],
};

export function reportOf(input: ReportInput): Report {
  const { log, verdict, cost } = input;
  const { promises, items, observations } = verdict;
  return {
    promises: Object.fromEntries(
      PROMISES.map((name) => [name, idsOf(promises[name])]),
    ) as Report['promises'],
    eased: input.eased,
    shoppers: input.shoppers,
    attempts: log.answers.length,
    wins: new Set(log.answers.flatMap(({ orderId }) => orderId ?? [])).size,
    paid: log.paid.length,
    rejects: rejectsOf(log.answers),
    latencyMs: latencyOf(log.tookMs),
    awsCalls: { win: input.win, reject: input.reject, all: input.calls },
    costUsd: cost.usd,
    costLines: cost.lines,
    items,
    findings: PROMISES.flatMap((promise) =>
      findingsOf(promises[promise]).map((finding) => ({ promise, ...finding })),
    ),
    observations,
  };
}

/** Whether a rehearsal failed. */
export const hasBrokenPromise = ({ promises }: Pick<Report, 'promises'>): boolean =>
  Object.values(promises).some((one) => Array.isArray(one));

const idsOf = (judgement: Judgement) =>
  judgement === true || judgement === 'not-judged' ? judgement : judgement.map(({ id }) => id);

function rejectsOf(answers: readonly ShopperAnswer[]): Record<string, number> {
  const rejects: Record<string, number> = {};
  for (const answer of answers) {
    if (isGranted(answer)) continue;
    const code = answer.code ?? 'unknown';
    rejects[code] = (rejects[code] ?? 0) + 1;
  }
  return rejects;
}

/** Nearest-rank percentiles, to a tenth of a millisecond. */
export function latencyOf(tookMs: readonly number[]): Latency {
  const sorted = Float64Array.from(tookMs).sort();
  const at = (share: number) =>
    Math.round((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** What some calls came to, for each of so many. */
export function effortOf(calls: readonly CallCount[], of = 1): Effort {
  const total = (which: (call: CallCount) => boolean, value: (call: CallCount) => number) =>
    calls.filter(which).reduce((sum, call) => sum + value(call), 0) / of;
  const isWrite = ({ service, operation }: CallCount) =>
    service === 'dynamodb' && /Put|Update|Delete|Write/.test(operation);
  const isRead = (call: CallCount) => call.service === 'dynamodb' && !isWrite(call);
  const count = (call: CallCount) => call.calls;
  return {
    dynamoWrites: total(isWrite, count),
    dynamoReads: total(isRead, count),
    writeUnits: total(
      () => true,
      ({ writeUnits }) => writeUnits,
    ),
    readUnits: total(
      () => true,
      ({ readUnits }) => readUnits,
    ),
    sqs: total(({ service }) => service === 'sqs', count),
    other: total(({ service }) => service !== 'sqs' && service !== 'dynamodb', count),
  };
}
