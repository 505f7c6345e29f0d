/** @module What the rest of a company hears of a reconciliation. */

import type { DomainEvent } from './events.ts';
import { type Finding, needsAction, nextAction } from './reconcile-findings.ts';
import type { Reconciliation } from './reconciliation.ts';

/** More findings than that are a matter for the report: the event of the whole counts them. */
const MOST_EVENTS = 100;

/** One event for each finding that needs somebody, then one of the whole. */
export const reconciliationEvents = (report: Reconciliation, place: string): DomainEvent[] => [
  ...report.findings
    .filter(needsAction)
    .slice(0, MOST_EVENTS)
    .map((one) => findingEvent(report.saleId, one)),
  completedEvent(report, place),
];

/** The id says what is wrong with what: a finding that stays has the same each night. */
const findingEvent = (saleId: string, one: Finding): DomainEvent => {
  const { kind, at, orderId, payment, amount, currency, expected, reason, outcome } = one;
  return {
    type: 'reconciliation.finding.v1',
    detail: {
      ...{ id: `${saleId}/${kind}/${payment ?? orderId ?? '-'}`, at, saleId, kind },
      action: nextAction(one),
      ...given({ orderId, payment, amountMinor: amount, currency, expectedMinor: expected }),
      ...given({ reason, outcome }),
    },
  };
};

const given = (members: Readonly<Record<string, string | number | undefined>>) =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Readonly<Record<string, string | number>>;

function completedEvent(report: Reconciliation, place: string): DomainEvent {
  const { saleId, at, currency, totals, orders } = report;
  return {
    type: 'reconciliation.completed.v1',
    detail: {
      ...{ id: `${saleId}/reconciled/${at}`, at, saleId, report: place, currency },
      paidMinor: totals.paid,
      refundedMinor: totals.refunded,
      expectedMinor: totals.expected,
      openMinor: totals.open,
      differenceMinor: totals.difference,
      ...{ ordersPaid: orders.paid, needsAction: report.needsAction, unjudged: report.unjudged },
    },
  };
}
