/**
 * @module
 * Reconciliation: what the payment provider says happened to our money against what the orders say, order by order and
 * cent by cent. What the payment protocol can put right is put right by it: a payment that nobody heard of is told
 * again, a refund that was decided is asked for again. All of that can be repeated, so that a crash anywhere before the
 * report is followed by the whole once more.
 */

import { noteRefund } from './approve-refund.ts';
import { type OrderParts, orderOf } from './order-id.ts';
import type { OrderRecord } from './order-record.ts';
import { recordKey } from './order-record.ts';
import { inParallel } from './parallel.ts';
import { paymentItemOf, paymentKey } from './payment-item.ts';
import type { OrderBooks, ProviderStatement } from './ports.ts';
import type { World } from './process.ts';
import type { Finding } from './reconcile-findings.ts';
import {
  type Judgement,
  judgePaid,
  judgeRecord,
  judgeStray,
  judgeUnused,
  type Known,
} from './reconcile-judge.ts';
import { openTally, sumOf, type Tally } from './reconcile-tally.ts';
import { type Findings, openFindings, type Reconciliation } from './reconciliation.ts';
import { itemOf, type PublishedSale } from './sale.ts';
import { type Entry, entriesIn, MARGIN_MS, orderIdIn, type Period } from './statement.ts';
import { takePayment } from './take-payment.ts';
import type { EpochMs } from './units.ts';

export type ReconcileWorld = World & {
  readonly statement: ProviderStatement;
  readonly books: OrderBooks;
};

/** Payments whose decision and order are read in one call: 100 keys. */
const READ_AT_ONCE = 50;

/** Payments that are put right at the same time. */
const ACTS_AT_ONCE = 8;

type Course = {
  readonly world: ReconcileWorld;
  readonly sale: PublishedSale;
  readonly period: Period;
  readonly entries: Map<string, Entry>;
  /** References that paid an order. */
  readonly used: Set<string>;
  readonly tally: Tally;
  readonly findings: Findings;
};

/**
 * Reconciles a sale. The statement is read first and the records after it, so that a payment that is stated has had at
 * least as long to reach its record.
 */
export async function reconcile(
  world: ReconcileWorld,
  sale: PublishedSale,
  now: EpochMs,
): Promise<Reconciliation> {
  // Nobody could pay before the opening; clocks differ.
  const period = { from: sale.opensAt - 2 * MARGIN_MS, until: now };
  const pages = world.statement.statement(period.from, period.until);
  const entries = await entriesIn(pages, (saleId) => saleId === sale.id);
  const tally = openTally(
    sale.currency,
    sale.items.map(({ sku }) => sku),
  );
  for (const entry of entries.values()) tally.addEntry(entry);
  const used = new Set<string>();
  const course = { world, sale, period, entries, used, tally, findings: openFindings() };
  for (const { sku } of sale.items) {
    for await (const page of world.books.of({ saleId: sale.id, sku })) {
      for (const record of page) takeRecord(course, sku, record);
    }
  }
  await takeUnused(course, now);
  return reportOf(course, now);
}

/**
 * Looks for payments of orders that are of no sale at all.
 *
 * @param isKnown whether there is a sale of that id
 */
export async function reconcileStrays(
  statement: ProviderStatement,
  isKnown: (saleId: string) => boolean,
  period: Period,
): Promise<Reconciliation> {
  const pages = statement.statement(period.from, period.until);
  const entries = await entriesIn(pages, (id) => id === undefined || !isKnown(id));
  const findings = openFindings();
  for (const entry of entries.values()) collect(findings, judgeStray(entry, period));
  const { orders, ...totals } = sumOf([]);
  const names = { saleId: '-', title: 'Payments of no sale', currency: 'XXX' };
  const at = period.until;
  return { v: 1, ...names, at, ...period, totals, orders, items: [], ...findings.collected() };
}

function takeRecord(course: Course, sku: string, record: OrderRecord): void {
  const { sale, entries, used, tally, findings, period } = course;
  tally.addRecord(record);
  const item = itemOf(sale, sku);
  if (item)
    for (const one of judgeRecord(record, { item, currency: sale.currency })) findings.add(one);
  if (record.state !== 'PAID' || record.amount === 0) return;
  const reference = record.payment ?? '';
  const isShared = used.has(reference);
  used.add(reference);
  const judgement = judgePaid(record, entries.get(reference), isShared, period);
  if (judgement.unjudged) tally.addUnstated(record);
  collect(findings, judgement);
}

function collect(findings: Findings, { findings: found, unjudged }: Judgement): void {
  for (const one of found) findings.add(one);
  if (unjudged) findings.addUnjudged();
}

async function takeUnused(course: Course, now: EpochMs): Promise<void> {
  const unused = [...course.entries.values()].filter(
    ({ reference }) => !course.used.has(reference),
  );
  for (let from = 0; from < unused.length; from += READ_AT_ONCE) {
    const some = unused.slice(from, from + READ_AT_ONCE);
    const known = await knownOf(course, some);
    await inParallel(ACTS_AT_ONCE, [...some.entries()], async ([index, entry]) => {
      const what = known[index];
      if (what) await takeOne(course, entry, what, now);
    });
  }
}

async function knownOf({ world, sale }: Course, some: readonly Entry[]): Promise<Known[]> {
  const needsApproval = sale.refunds === 'approval';
  const places = some.map((entry) => orderOf(orderIdIn(entry)) as OrderParts);
  const items = await world.store.read([
    ...some.map(({ reference }) => paymentKey(reference)),
    ...places.map((place) => recordKey(place, place.holder)),
  ]);
  return some.map((_, index) => ({
    decision: paymentItemOf(items[index]),
    order: items[some.length + index] as unknown as OrderRecord | undefined,
    needsApproval,
  }));
}

const UNDER_WAY: ReadonlySet<Finding['action']> = new Set(['approve', 'refund', 'tell']);

async function takeOne(course: Course, entry: Entry, known: Known, now: EpochMs): Promise<void> {
  const { findings, unjudged } = judgeUnused(entry, known, course.period);
  if (unjudged || findings.some(({ action }) => UNDER_WAY.has(action))) {
    course.tally.addUnderWay(entry);
  }
  const acted: Finding[] = [];
  for (const one of findings) acted.push(await act(course, entry, one, now));
  collect(course.findings, { findings: acted, ...(unjudged && { unjudged }) });
}

/** Does what the protocol can do about a finding, and says what came of it. */
async function act(
  { world, sale }: Course,
  entry: Entry,
  one: Finding,
  now: EpochMs,
): Promise<Finding> {
  if (one.action === 'note') {
    const { kind } = await noteRefund(world, sale.id, entry.reference, now);
    return { ...one, outcome: kind };
  }
  if (entry.payment === undefined || (one.action !== 'tell' && one.action !== 'refund')) return one;
  const { reference, orderId, amount, currency, at: paidAt } = entry.payment;
  // As if the provider told of it once more: the protocol decides, or carries out what it decided.
  const payment = { reference, amount, currency, paidAt };
  const { kind } = await takePayment(world, orderId, payment, now);
  return { ...one, outcome: kind };
}

function reportOf({ sale, period, tally, findings }: Course, now: EpochMs): Reconciliation {
  const items = tally.items();
  const { orders, ...totals } = sumOf(items);
  const { id: saleId, title, currency } = sale;
  return {
    ...{ v: 1 as const, saleId, title, currency, at: now, ...period },
    ...{ totals, orders, items, ...findings.collected() },
  };
}
