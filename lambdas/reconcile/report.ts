/** @module What a reconciliation found, as metrics: alarms and the dashboard read them. */

import { emit } from '../../adapters/metrics.ts';
import type { Filed } from '../../domain/reconcile-night.ts';
import type { Reconciliation } from '../../domain/reconciliation.ts';
import type { EpochMs } from '../../domain/units.ts';

/** What its caller is answered of a report: where it is, and whether anybody is needed. */
export type Summary = Pick<Reconciliation, 'saleId' | 'needsAction' | 'unjudged'> & {
  /** In the reports bucket. */
  readonly report: string;
  readonly differenceMinor: number;
};

export const summaryOf = ({ report, place }: Filed): Summary => ({
  saleId: report.saleId,
  needsAction: report.needsAction,
  unjudged: report.unjudged,
  report: place,
  differenceMinor: report.totals.difference,
});

/** By sale, and by kind of finding over all sales; counts of findings, not money: currencies do not add up. */
export function reportReconciled({ report }: Filed, now: EpochMs): void {
  const { saleId, counts, totals, unjudged } = report;
  emit(
    { Sale: saleId },
    {
      Reconciliations: 1,
      FindingsToHandle: report.needsAction,
      AmountMismatch: totals.difference === 0 ? 0 : 1,
      RefundsWaiting: counts['refund-waiting'] ?? 0,
      Unjudged: unjudged,
    },
    now,
  );
  for (const [Kind, Findings] of Object.entries(counts)) {
    emit({ Kind }, { Findings }, now, { byFunction: false });
  }
}

/** Sales that could not be reconciled this time. */
export const reportFailed = (count: number, now: EpochMs): void =>
  emit({}, { ReconciliationsFailed: count }, now);
