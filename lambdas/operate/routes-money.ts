/** @module Money on the operators' page: payments that wait before they go back, and the last reconciliation. */

import { dynamoRefunds } from '../../adapters/refund-list.ts';
import { approveRefund } from '../../domain/approve-refund.ts';
import { findSale } from '../../domain/catalogue.ts';
import type { RefundEntry } from '../../domain/refund-list.ts';
import type { Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { fieldsOf, matching } from './fields.ts';
import { type Asked, at, change, conflict, ok, type Route, unknownSale } from './route.ts';

/** How the provider names a payment. */
const REFERENCE = /^[!-~]{1,200}$/;

/** Findings that are told of; the report has them all. */
const MOST_FINDINGS = 200;

export const MONEY_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/sales/{sale}/refunds', run: refunds },
  { method: 'POST', path: '/sales/{sale}/refunds', takes: 'json', run: approve },
  { method: 'GET', path: '/sales/{sale}/report', run: report },
];

async function refunds(asked: Asked) {
  const { db, tables, store } = asked.deployed;
  const saleId = at(asked, 'sale');
  if ((await findSale(store, saleId)) === undefined) return unknownSale(saleId);
  const entries = await dynamoRefunds(db, tables.orders).of(saleId);
  return ok({ refunds: entries.map(shown) });
}

const shown = (entry: RefundEntry) => ({
  payment: entry.reference,
  orderId: entry.orderId,
  reason: entry.reason,
  amountMinor: entry.amount,
  currency: entry.currency,
  paidAtEpochMs: entry.paidAt,
  ...(entry.refundedAt !== undefined && { refundedAtEpochMs: entry.refundedAt }),
});

async function approve(asked: Asked): Promise<Reply | Problem> {
  const saleId = at(asked, 'sale');
  const read = fieldsOf(asked.body, { payment: matching(REFERENCE) });
  if (read.kind === 'refused') return read.why;
  const { payment } = read.fields;
  const { deployed } = asked;
  const world = { ...deployed, payments: asked.payments };
  const outcome = await change(asked, { what: 'refund', saleId, detail: { payment } }, () =>
    approveRefund(world, saleId, payment, deployed.clock()),
  );
  switch (outcome.kind) {
    case 'refunded':
      return ok(outcome);
    case 'later':
      return problem(
        'unavailable',
        'It is approved, but the provider does not answer: approve it again',
      );
    case 'unknown':
      return conflict('unknown', 'No payment of this reference goes back in this sale');
  }
}

async function report(asked: Asked): Promise<Reply> {
  const saleId = at(asked, 'sale');
  const found = await asked.latestReport(saleId);
  // A sale that has not been reconciled yet is nothing that went wrong.
  return ok(
    found ? { report: { ...found, findings: found.findings.slice(0, MOST_FINDINGS) } } : {},
  );
}
