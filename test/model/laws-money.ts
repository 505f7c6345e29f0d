/** @module What must hold of money: what came in, what went back, and who agreed to it. */

import type { Configuration } from './configuration.ts';
import type { Books } from './laws.ts';
import { shortReference } from './payments.ts';

/** What is wrong in any state, or nothing. */
export function flawInRefunds({ approval }: Configuration, books: Books): string | undefined {
  const { refunds, payments, listed } = books;
  const isApproved = (reference: string) =>
    payments.some(
      (one) =>
        one.decision === 'refund' && one.reference === reference && one.approvedAt !== undefined,
    );
  const unasked = approval ? [...refunds].find((reference) => !isApproved(reference)) : undefined;
  if (unasked) return `payment ${shortReference(unasked)} went back, and nobody agreed`;
  const early = listed.find((one) => one.refundedAt !== undefined && !refunds.has(one.reference));
  return early && `payment ${shortReference(early.reference)} is struck off, and did not go back`;
}

/** What is wrong after the calm, in which everything that is listed was approved; or nothing. */
export function flawInPayments(paidIn: ReadonlySet<string>, books: Books): string | undefined {
  const lost = [...paidIn].find((reference) => {
    const bought = books.claims.some(({ payment }) => payment === reference);
    return !bought && !books.refunds.has(reference);
  });
  if (lost) return `payment ${shortReference(lost)} bought nothing and did not go back`;
  const waiting = books.listed.find(({ refundedAt }) => refundedAt === undefined);
  return waiting && `payment ${shortReference(waiting.reference)} waits for ever`;
}
