/** @module One order, or one payment that no order counts as its own, against the statement. */

import type { OrderRecord } from './order-record.ts';
import type { PaymentItem, RefundItem } from './payment-item.ts';
import { type Finding, finding } from './reconcile-findings.ts';
import type { Item } from './sale.ts';
import { type Entry, isJudged, type Period, refundedOf, type StatementLine } from './statement.ts';

/** What was found, or that it is too early to say. */
export type Judgement = { readonly findings: readonly Finding[]; readonly unjudged?: true };

const RIGHT: Judgement = { findings: [] };
const UNJUDGED: Judgement = { findings: [], unjudged: true };
const found = (...findings: readonly Finding[]): Judgement => ({ findings });

/** What the sale says of an order's item. */
export type Terms = { readonly item: Pick<Item, 'price'>; readonly currency: string };

/** Whether a record agrees with itself, and with the sale. */
export function judgeRecord(record: OrderRecord, { item, currency }: Terms): readonly Finding[] {
  const expected = record.quantity * item.price;
  const isRight =
    record.price === item.price && record.amount === expected && record.currency === currency;
  if (isRight) return [];
  const { orderId, amount, reservedAt: at } = record;
  return [finding('record-wrong', { orderId, amount, currency: record.currency, expected, at })];
}

/** Whether an order that is to be paid was paid, once, by as much as it costs. */
export function judgePaid(
  record: OrderRecord,
  entry: Entry | undefined,
  isShared: boolean,
  period: Period,
): Judgement {
  const { orderId, amount: expected } = record;
  const line = entry?.payment;
  if (entry === undefined || line === undefined) {
    const { paidAt = record.reservedAt, payment = '', currency } = record;
    if (!isJudged(period, paidAt)) return UNJUDGED;
    return found(finding('payment-missing', { orderId, payment, expected, currency, at: paidAt }));
  }
  const details = { ...detailsOf(line), orderId };
  return found(
    ...(isShared ? [finding('payment-shared', details)] : []),
    ...(line.orderId === orderId ? [] : [finding('paid-late', details)]),
    ...(line.amount === expected ? [] : [finding('amount-differs', { ...details, expected })]),
    ...(line.currency === record.currency ? [] : [finding('currency-differs', details)]),
    ...repeated(entry, line),
    ...(entry.refunds.length === 0
      ? []
      : [finding('refund-unexpected', { ...details, amount: refundedOf(entry), expected: 0 })]),
  );
}

/** What we know of a payment that paid no order. */
export type Known = {
  /** What was decided about it. */
  readonly decision: PaymentItem | undefined;
  /** The record of the order that it was made for. */
  readonly order: OrderRecord | undefined;
  readonly needsApproval: boolean;
};

/** Whether a payment that paid no order went back as it should, or what is to be done about it. */
export function judgeUnused(entry: Entry, known: Known, period: Period): Judgement {
  const line = entry.payment;
  if (line === undefined) {
    const [refund] = entry.refunds;
    if (refund === undefined || !isJudged(period, refund.at)) return UNJUDGED;
    return found(finding('refund-without-payment', detailsOf(refund)));
  }
  const { findings, ...rest } =
    known.decision?.decision === 'refund'
      ? judgeRefund(entry, line, known.decision, known.needsApproval, period)
      : judgeUntold(entry, line, known.order, period);
  return { findings: [...repeated(entry, line), ...findings], ...rest };
}

function judgeRefund(
  entry: Entry,
  line: StatementLine,
  decision: RefundItem,
  needsApproval: boolean,
  period: Period,
): Judgement {
  const details = { ...detailsOf(line), reason: decision.reason };
  if (entry.refunds.length > 0) return judgeStated(entry, line, decision, details);
  const { approvedAt, refundedAt, decidedAt } = decision;
  if (refundedAt !== undefined) {
    return isJudged(period, refundedAt) ? found(finding('refund-missing', details)) : UNJUDGED;
  }
  if (needsApproval && approvedAt === undefined) return found(finding('refund-waiting', details));
  const since = approvedAt ?? decidedAt;
  return isJudged(period, since) ? found(finding('refund-due', details)) : UNJUDGED;
}

/** A refund that we decided, and that the provider states: as much as came, in the same currency. */
function judgeStated(
  entry: Entry,
  { amount: expected, currency }: StatementLine,
  { refundedAt }: RefundItem,
  details: Parameters<typeof finding>[1],
): Judgement {
  const amount = refundedOf(entry);
  const isWhole = amount === expected && entry.refunds.every(isIn(currency));
  if (!isWhole) return found(finding('refund-differs', { ...details, amount, expected }));
  return found(finding(refundedAt === undefined ? 'refunded-unnoted' : 'refunded', details));
}

/** Nothing was decided, or an order that it does not pay. What went back by other hands is not told of: it would buy. */
function judgeUntold(
  entry: Entry,
  line: StatementLine,
  order: OrderRecord | undefined,
  period: Period,
): Judgement {
  const details = detailsOf(line);
  if (entry.refunds.length > 0) {
    const amount = refundedOf(entry);
    return found(finding('refund-unexpected', { ...details, amount, expected: 0 }));
  }
  if (!isJudged(period, line.at)) return UNJUDGED;
  if (order === undefined) return found(finding('paid-without-order', details));
  return found(finding(order.state === 'RELEASED' ? 'late-untold' : 'payment-untold', details));
}

/** A payment of an order of no sale of ours. The account may serve other shops too: nothing is done about it here. */
export function judgeStray(entry: Entry, period: Period): Judgement {
  const line = entry.payment;
  if (line === undefined || !isJudged(period, line.at)) return UNJUDGED;
  return refundedOf(entry) === line.amount
    ? RIGHT
    : found(finding('unknown-sale', detailsOf(line)));
}

const repeated = ({ stated }: Entry, line: StatementLine): readonly Finding[] =>
  stated > 1 ? [finding('payment-repeated', detailsOf(line))] : [];

const isIn =
  (wanted: string) =>
  ({ currency }: StatementLine): boolean =>
    currency === wanted;

const detailsOf = ({ orderId, reference: payment, amount, currency, at }: StatementLine) => ({
  ...{ orderId, payment, amount, currency, at },
});
