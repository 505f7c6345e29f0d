/** @module Sends a crowd to a stack that runs elsewhere. Nothing of it can be seen but its answers, and nothing is judged. */

import type { Sale } from '../domain/sale.ts';
import { costOf } from './cost.ts';
import type { Progress } from './crowd.ts';
import { startCrowd } from './crowd-thread.ts';
import { type Report, reportOf, UNSEEN } from './report.ts';
import { openingElsewhere } from './sale-elsewhere.ts';
import type { Scenario } from './scenarios.ts';
import { usageSeen } from './usage.ts';

export type ElsewhereOptions = {
  /** Scheme, host and port. */
  readonly url: string;
  /** What is published there. When it opens is asked there, and waited for. */
  readonly sale: Sale;
  readonly habits: Scenario['habits'];
  readonly seed: number;
  readonly connections: number;
  readonly patienceMs: number;
  readonly onProgress: (progress: Progress) => void;
};

/** Runs the crowd once. */
export async function runElsewhere(options: ElsewhereOptions): Promise<Report> {
  const { url, sale, habits, seed, connections, patienceMs } = options;
  const plan = {
    url,
    saleId: sale.id,
    opensAt: await openingElsewhere(url, sale.id),
    products: sale.items.map(({ sku, limit }) => ({ sku, limit })),
    habits: { ...habits, seed },
    connections,
    patienceMs,
  };
  const crowd = startCrowd(plan, options.onProgress);
  try {
    await crowd.act('arrive');
    await crowd.act('buy');
    const log = await crowd.log();
    const cost = costOf(usageSeen(log));
    const unseen = { verdict: UNSEEN, win: 'not-seen', reject: 'not-seen', calls: [] } as const;
    return reportOf({ shoppers: habits.shoppers, eased: [], log, cost, ...unseen });
  } finally {
    await crowd.close();
  }
}
