/** @module Payments that wait before they go back, and what the last reconciliation found. */

import type { Refund, Report } from './answers.ts';
import { send } from './api.ts';
import { ask } from './dialog.ts';
import { button, h, table } from './element.ts';
import { instant, money, words } from './format.ts';
import { livePart, type Part } from './part.ts';
import { empty, tell } from './said.ts';

const REFUNDS_MS = 10_000;

const REPORT_MS = 60_000;

export const refundsPart = (id: string): Part =>
  livePart<{ readonly refunds: readonly Refund[] }>(
    'Refunds',
    `/sales/${id}/refunds`,
    REFUNDS_MS,
    ({ refunds }, refresh) =>
      refunds.length === 0
        ? empty('No payment waits for an approval.')
        : table(
            'Payments that go back',
            ['Payment', 'Amount', 'Why', 'Paid', 'Goes back'],
            refunds.map((refund) => [
              refund.payment,
              money(refund.amountMinor, refund.currency),
              words(refund.reason),
              instant(refund.paidAtEpochMs),
              refund.refundedAtEpochMs === undefined
                ? button('Approve', () => approve(id, refund, refresh), 'primary')
                : `went back ${instant(refund.refundedAtEpochMs)}`,
            ]),
          ),
  );

function approve(
  id: string,
  { payment, amountMinor, currency, reason }: Refund,
  done: () => void,
): void {
  const amount = money(amountMinor, currency);
  ask({
    title: `Give ${amount} back?`,
    lines: [
      `Payment ${payment}: ${words(reason)}.`,
      'The payment provider is asked to give it back. This cannot be undone.',
    ],
    verb: 'Give it back',
    run: () => send('POST', `/sales/${id}/refunds`, { payment }),
    done() {
      tell(`${amount} went back.`);
      done();
    },
  });
}

export const reportPart = (id: string): Part =>
  livePart<{ readonly report?: Report }>(
    'Reconciliation',
    `/sales/${id}/report`,
    REPORT_MS,
    ({ report }) => (report ? reportOf(report) : empty('It has not been reconciled yet.')),
  );

const reportOf = (report: Report): HTMLElement =>
  h(
    'div',
    {},
    h('p', {}, `${toDo(report)}, as of ${instant(report.at)}.`),
    totals(report),
    report.findings.length > 0 && findings(report),
  );

const toDo = ({ needsAction }: Report): string =>
  needsAction === 0 ? 'Nothing is left to do' : `${needsAction} findings need somebody`;

const totals = ({ totals: sums, currency }: Report): HTMLElement =>
  table(
    'Totals',
    ['Paid', 'Refunded', 'Net', 'Expected', 'Difference'],
    [
      [sums.paid, sums.refunded, sums.net, sums.expected, sums.difference].map((sum) =>
        money(sum, currency),
      ),
    ],
  );

const findings = ({ findings: found, currency }: Report): HTMLElement =>
  table(
    'Findings',
    ['What', 'Order or payment', 'Amount', 'To do'],
    found.map(({ kind, action, orderId, payment, amount, outcome }) => [
      words(kind),
      orderId ?? payment ?? '–',
      amount === undefined ? '–' : money(amount, currency),
      outcome ? words(outcome) : action === 'none' ? '–' : words(action),
    ]),
  );
