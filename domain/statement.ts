/**
 * @module
 * The payment provider's statement of a period, and what of it can be judged: near the period's edges a payment and what
 * we know of it may lie on different sides.
 */

import { orderOf } from './order-id.ts';
import type { EpochMs, Minor } from './units.ts';

/** Money that came or went back, as the provider has it. */
export type StatementLine = {
  readonly kind: 'payment' | 'refund';
  /** The payment's reference, of a refund too. */
  readonly reference: string;
  /** The order that the payment was made for, whatever somebody wrote there. */
  readonly orderId: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly at: EpochMs;
};

/** What a statement covers: from an instant until before another. */
export type Period = { readonly from: EpochMs; readonly until: EpochMs };

/** Longer than the provider tells of a payment again and again, and than the sweep needs to heal what was not heard. */
export const MARGIN_MS = 15 * 60_000;

/** Whether what happened at an instant must be on both sides by now. */
export const isJudged = ({ from, until }: Period, at: EpochMs): boolean =>
  at >= from + MARGIN_MS && at <= until - MARGIN_MS;

/** One payment as the statement has it. */
export type Entry = {
  readonly reference: string;
  /** Absent where only refunds of it are stated. */
  readonly payment?: StatementLine;
  /** How often the payment is stated. */
  readonly stated: number;
  readonly refunds: readonly StatementLine[];
};

/** What went back of a payment, in its own currency. */
export const refundedOf = ({ payment, refunds }: Entry): Minor =>
  refunds
    .filter(({ currency }) => payment === undefined || currency === payment.currency)
    .reduce((sum, { amount }) => sum + amount, 0);

/** The order that a payment was made for; what went back says it too. */
export const orderIdIn = ({ payment, refunds }: Entry): string =>
  (payment ?? refunds[0])?.orderId ?? '';

/** Lines by payment. One pass; a line is dropped where it is not wanted. */
export async function entriesIn(
  pages: AsyncIterable<readonly StatementLine[]>,
  isWanted: (saleId: string | undefined) => boolean,
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const page of pages) {
    for (const line of page) {
      if (!isWanted(orderOf(line.orderId)?.saleId)) continue;
      entries.set(line.reference, withLine(entries.get(line.reference), line));
    }
  }
  return entries;
}

/** Nearly every payment has no refunds: they share one empty list. */
const NONE: readonly StatementLine[] = [];

function withLine(entry: Entry | undefined, line: StatementLine): Entry {
  const { reference } = line;
  const known = entry ?? { reference, stated: 0, refunds: NONE };
  return line.kind === 'payment'
    ? { ...known, payment: line, stated: known.stated + 1 }
    : { ...known, refunds: [...known.refunds, line] };
}
