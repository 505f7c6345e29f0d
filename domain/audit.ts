/**
 * @module
 * The audit: compares shards, claims, order records and answers with the five promises. From the tables alone it
 * judges the first three; with a log of what shoppers were answered, all five. What it cannot judge it calls so.
 */

import { type ShopperAnswer, unkept } from './audit-answers.ts';
import { type Finding, type ItemBooks, type Ledger, ledgerOf } from './audit-books.ts';
import { countsOf, type ItemCounts, oddities } from './audit-counts.ts';
import { duplicates } from './audit-duplicates.ts';
import { leaks } from './audit-leaks.ts';
import { lostOrders } from './audit-orders.ts';
import { unsold } from './audit-sell-through.ts';
import { oversold } from './audit-stock.ts';
import type { Item, Sale } from './sale.ts';
import type { EpochMs } from './units.ts';

/** The promises, in the order in which they are told. */
export const PROMISES = [
  'no-oversell',
  'no-duplicate',
  'no-leak',
  'nothing-lost',
  'exact-sell-through',
] as const;

export type PromiseName = (typeof PROMISES)[number];

/** Kept, or not judged, or what broke it; that list is never empty. */
export type Judgement = true | 'not-judged' | readonly Finding[];

export type Verdict = {
  readonly promises: Readonly<Record<PromiseName, Judgement>>;
  readonly items: readonly ItemCounts[];
  /** What breaks no promise and is odd. */
  readonly observations: readonly Finding[];
};

export type AuditInput = {
  readonly sale: Sale;
  /** The instant before the first of the books was read. */
  readonly now: EpochMs;
  /** The books of each item of the sale; an item without is judged as one with empty books. */
  readonly items: readonly ItemBooks[];
  /** What shoppers were answered, in any order. */
  readonly answers?: readonly ShopperAnswer[];
  /** Whether something crashed: then "sold out" may be stale for 3 minutes instead of 3 seconds. */
  readonly crashed?: boolean;
  /**
   * How long a request may live. While a sale runs, orders younger than that are not held against the shards, which
   * were read before their claims. 0, the default, where nothing runs.
   */
  readonly inFlightMs?: number;
};

/** Judges a sale. */
export function audit(input: AuditInput): Verdict {
  const ledgers = input.sale.items.map((item) => ledgerFor(input, item));
  const { answers, crashed = false } = input;
  const sales = answers && ledgers.map((one) => unsold(one, answers, crashed));
  return {
    promises: {
      'no-oversell': judged(ledgers.flatMap(oversold)),
      'no-duplicate': judged(ledgers.flatMap(duplicates)),
      'no-leak': judged(ledgers.flatMap(leaks)),
      'nothing-lost': nothingLost(ledgers, answers),
      'exact-sell-through': sales
        ? judged(sales.flatMap(({ findings }) => findings))
        : 'not-judged',
    },
    items: ledgers.map(countsOf),
    observations: [
      ...ledgers.flatMap(oddities),
      ...(sales ?? []).flatMap(({ observations }) => observations),
    ],
  };
}

/** What broke a promise, if anything did. */
export const findingsOf = (judgement: Judgement): readonly Finding[] =>
  typeof judgement === 'object' ? judgement : [];

/** Whether any promise is broken. */
export const isBroken = ({ promises }: Pick<Verdict, 'promises'>): boolean =>
  PROMISES.some((name) => Array.isArray(promises[name]));

function ledgerFor({ sale, now, items, inFlightMs = 0 }: AuditInput, item: Item): Ledger {
  const books = items.find(({ sku }) => sku === item.sku) ?? emptyBooks(item.sku);
  return ledgerOf({ saleId: sale.id, item, books, now, settledBy: now - inFlightMs });
}

const emptyBooks = (sku: string): ItemBooks => ({
  sku,
  status: undefined,
  shards: [],
  claims: [],
  records: [],
  grants: [],
});

const judged = (findings: readonly Finding[]): Judgement =>
  findings.length === 0 ? true : findings;

/** Tables alone can only disprove it: they do not know what was acknowledged and is gone. */
function nothingLost(
  ledgers: readonly Ledger[],
  answers: readonly ShopperAnswer[] | undefined,
): Judgement {
  const lost = ledgers.flatMap(lostOrders);
  if (answers === undefined) return lost.length === 0 ? 'not-judged' : lost;
  return judged([...lost, ...ledgers.flatMap((ledger) => unkept(ledger, answers))]);
}
