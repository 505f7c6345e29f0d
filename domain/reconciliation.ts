/** @module What a reconciliation came to: the report, as it is kept. */

import { type Finding, type FindingKind, needsAction } from './reconcile-findings.ts';
import type { ItemTotals, OrderCounts, Totals } from './reconcile-tally.ts';
import type { EpochMs } from './units.ts';

/** The report of one sale at one instant; no personal data. Money is in the currency's minor unit. */
export type Reconciliation = {
  readonly v: 1;
  /** `-`: payments of orders that are of no sale. */
  readonly saleId: string;
  readonly title: string;
  readonly currency: string;
  /** When it was made; what it judged happened a margin before. */
  readonly at: EpochMs;
  /** What the provider's statement covered. */
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly totals: Totals;
  readonly orders: OrderCounts;
  readonly items: readonly ItemTotals[];
  /** How many findings there are of each kind. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** How many findings somebody has still to do something about. */
  readonly needsAction: number;
  /** Orders and payments too near to the edges of the statement: the next reconciliation judges them. */
  readonly unjudged: number;
  /** Those that need action first, at most 10,000. */
  readonly findings: readonly Finding[];
};

/** More than anybody reads; the counts are of all. */
const MOST_FINDINGS = 10_000;

/** Collects findings. */
export function openFindings() {
  const counts: Partial<Record<FindingKind, number>> = {};
  const urgent: Finding[] = [];
  const others: Finding[] = [];
  let needed = 0;
  let unjudged = 0;
  return {
    add(one: Finding): void {
      counts[one.kind] = (counts[one.kind] ?? 0) + 1;
      const isUrgent = needsAction(one);
      if (isUrgent) needed++;
      const list = isUrgent ? urgent : others;
      if (list.length < MOST_FINDINGS) list.push(one);
    },
    addUnjudged(): void {
      unjudged++;
    },
    collected: () => ({
      ...{ counts, needsAction: needed, unjudged },
      findings: [...urgent, ...others].slice(0, MOST_FINDINGS),
    }),
  };
}

export type Findings = ReturnType<typeof openFindings>;
