/** @module What became of a payment, as metrics. */

import { emit } from '../../adapters/metrics.ts';
import { orderOf } from '../../domain/order-id.ts';
import type { PaymentOutcome } from '../../domain/payment.ts';
import type { EpochMs } from '../../domain/units.ts';

/** @param orderId the order that the payment was made for; that it pays another shows that it came too late */
export function reportPayment(orderId: string, outcome: PaymentOutcome, now: EpochMs): void {
  const isUnknown = 'reason' in outcome && outcome.reason === 'unknown-order';
  const Sale = isUnknown ? '-' : (orderOf(orderId)?.saleId ?? '-');
  emit({ Sale }, countsOf(orderId, outcome), now);
}

function countsOf(orderId: string, outcome: PaymentOutcome): Readonly<Record<string, number>> {
  switch (outcome.kind) {
    case 'later':
      return { PaymentsPutOff: 1 };
    case 'refunded':
      return { PaymentsRefunded: 1, ...(outcome.reason === 'late' && { PaymentsLate: 1 }) };
    case 'waiting':
      return { RefundsToApprove: 1, ...(outcome.reason === 'late' && { PaymentsLate: 1 }) };
    case 'paid':
      return { PaymentsTaken: 1, ...(outcome.orderId !== orderId && { PaymentsLate: 1 }) };
  }
}
