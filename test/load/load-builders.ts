/** @module Reports and what they are made of, for tests. */

import type { Verdict } from '../../domain/audit.ts';
import { costOf } from '../../load/cost.ts';
import type { CrowdLog } from '../../load/crowd.ts';
import { type ReportInput, reportOf, UNSEEN } from '../../load/report.ts';
import type { Usage } from '../../load/usage.ts';
import type { CallCount } from '../../local/calls.ts';

export const REQUESTS = {
  time: 0,
  session: 0,
  challenge: 0,
  ticket: 0,
  flag: 0,
  buy: 0,
  order: 0,
  checkout: 0,
  provider: 0,
};

export const NOTHING: Usage = {
  traffic: { requests: REQUESTS, bytes: 0 },
  edgeRequests: 0,
  apiRequests: 0,
  runs: 0,
  scheduled: 0,
  calls: [],
};

export const aCall = (over: Partial<CallCount>): CallCount => ({
  function: 'Buy',
  service: 'dynamodb',
  operation: 'UpdateItem',
  table: 'Stock',
  calls: 1,
  errors: 0,
  writeUnits: 0,
  readUnits: 0,
  ...over,
});

export const answer = (over: object) => ({
  shopper: 'a',
  sku: 'mug',
  quantity: 1,
  at: 1,
  status: 409,
  ...over,
});

export const aLog = (over: Partial<CrowdLog> = {}): CrowdLog => ({
  answers: [
    answer({ status: 201, orderId: 'x' }),
    answer({ status: 200, orderId: 'x' }),
    answer({ code: 'sold-out' }),
    answer({ code: 'sold-out' }),
    answer({ code: 'busy' }),
  ],
  tookMs: [5, 1, 2, 3, 4],
  traffic: NOTHING.traffic,
  paid: ['x'],
  ...over,
});

export const aReport = (over: Partial<ReportInput> = {}) =>
  reportOf({
    eased: [],
    shoppers: 3,
    log: aLog(),
    verdict: UNSEEN,
    win: 'not-seen',
    reject: 'not-seen',
    calls: [],
    cost: costOf(NOTHING),
    ...over,
  });

export const broken = (count: number): Verdict => ({
  ...UNSEEN,
  promises: {
    ...UNSEEN.promises,
    'no-leak': true,
    'no-oversell': Array.from({ length: count }, (_, n) => ({ id: `s-${n}`, what: 'is gone' })),
  },
});
