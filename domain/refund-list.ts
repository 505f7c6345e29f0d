/**
 * @module
 * The payments of a sale that wait for an operator before they go back, and those that waited: an entry each, so that
 * they are listed without a scan. The truth is the payment's own item; an entry says where to look.
 */

import type { RefundReason } from './messages.ts';
import type { EpochMs, Minor } from './units.ts';
import { absent, exists, type Key, type Put, set, type Update } from './write.ts';

/** One payment that goes back once somebody agrees. No personal data. */
export type RefundEntry = {
  /** The provider's reference. */
  readonly reference: string;
  /** The order that it was made for. */
  readonly orderId: string;
  readonly reason: RefundReason;
  readonly amount: Minor;
  readonly currency: string;
  readonly paidAt: EpochMs;
  readonly askedAt: EpochMs;
  /** When it had gone back; absent: it waits. */
  readonly refundedAt?: EpochMs;
};

/** The partition of a sale's entries. */
export const refundPartition = (saleId: string): string => `REFUNDS#${saleId}`;

const entryKey = (saleId: string, reference: string): Key => ({
  table: 'orders',
  pk: refundPartition(saleId),
  sk: reference,
});

/** Lists a payment, if it is not listed already: an entry never goes back to waiting. */
export const listRefund = (saleId: string, entry: RefundEntry): Put => ({
  item: entryKey(saleId, entry.reference),
  when: absent,
  put: { ...entry },
});

/** Notes that a listed payment went back. */
export const strikeRefund = (saleId: string, reference: string, now: EpochMs): Update => ({
  item: entryKey(saleId, reference),
  when: exists,
  change: [set('refundedAt', now)],
});
