/**
 * @module
 * The provider's statement: payments and refunds in the order in which they happened, page by page. For tests it can be
 * made wrong, as a provider's books are at times.
 */

import type { Statement } from './ledger.ts';

/** One line, as the shop reads it. */
type Line = {
  readonly kind: 'payment' | 'refund';
  /** The payment's reference, of a refund too. */
  readonly reference: string;
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly atEpochMs: number;
};

/** What the statement says wrongly of a payment: nothing at all, the payment twice, or another amount. */
export type Mistake =
  | { readonly kind: 'missing' | 'doubled' }
  | { readonly kind: 'amount'; readonly amountMinor: number };

/** By reference of the payment. */
export type Mistakes = ReadonlyMap<string, Mistake>;

type Page = {
  readonly lines: readonly Line[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
};

const PAGE_LINES = 500;

/**
 * One page of a period's statement.
 *
 * @param after the `next` of the page before; empty: the first
 */
export function pageOf(period: Statement, mistakes: Mistakes, after: string): Page | undefined {
  const from = after === '' ? 0 : Number(after);
  if (!Number.isSafeInteger(from) || from < 0) return undefined;
  const all = linesOf(period).flatMap((line) => mistaken(line, mistakes.get(line.reference)));
  const lines = all.slice(from, from + PAGE_LINES);
  const to = from + lines.length;
  // Lines are only ever added at the end: a page begins where the last one ended.
  return { lines, ...(to < all.length && { next: String(to) }) };
}

/** A refund follows its payment, also within one millisecond. */
function linesOf({ payments, refunds }: Statement): Line[] {
  const paid = payments.map(({ paidAtEpochMs: atEpochMs, ...rest }) => ({
    ...{ kind: 'payment' as const, ...rest, atEpochMs },
  }));
  const returned = refunds.map(({ reference, orderId, amountMinor, currency, ...rest }) => ({
    ...{ kind: 'refund' as const, reference, orderId, amountMinor, currency },
    atEpochMs: rest.refundedAtEpochMs,
  }));
  return [...paid, ...returned].sort((a, b) => a.atEpochMs - b.atEpochMs);
}

/** Refunds are stated rightly: what is mistaken is a payment. */
function mistaken(line: Line, mistake: Mistake | undefined): readonly Line[] {
  if (mistake === undefined || line.kind === 'refund') return [line];
  switch (mistake.kind) {
    case 'missing':
      return [];
    case 'doubled':
      return [line, line];
    case 'amount':
      return [{ ...line, amountMinor: mistake.amountMinor }];
  }
}
