import { describe, expect, test } from '@jest/globals';
import { orderIdOf } from '../../domain/order-id.ts';
import type { PaymentOutcome } from '../../domain/payment.ts';
import { reportPayment } from '../../lambdas/payment/report.ts';
import { written } from './requests.ts';

const idOf = (letter: string) =>
  orderIdOf({ saleId: 'night', sku: 'lamp', holder: letter.repeat(24) });
const ORDER = idOf('A');

const reported = async (outcome: PaymentOutcome, orderId = ORDER) => {
  const lines = await written('stdout', () => reportPayment(orderId, outcome, 7));
  return lines.map(({ _aws, FunctionName, ...line }) => line);
};

describe('reportPayment()', () => {
  test.each<[string, PaymentOutcome, object]>([
    ['that pays its order', { kind: 'paid', orderId: ORDER }, { PaymentsTaken: 1 }],
    [
      'that pays another order, for its own is released',
      { kind: 'paid', orderId: idOf('B') },
      { PaymentsTaken: 1, PaymentsLate: 1 },
    ],
    [
      'that came late and goes back',
      { kind: 'refunded', reason: 'late' },
      { PaymentsRefunded: 1, PaymentsLate: 1 },
    ],
    ['that goes back', { kind: 'refunded', reason: 'wrong-amount' }, { PaymentsRefunded: 1 }],
    [
      'that waits for an operator',
      { kind: 'waiting', reason: 'late' },
      { RefundsToApprove: 1, PaymentsLate: 1 },
    ],
    ['that must come again', { kind: 'later' }, { PaymentsPutOff: 1 }],
  ])('counts a payment %s', async (_, outcome, counts) => {
    expect(await reported(outcome)).toEqual([{ Sale: 'night', ...counts }]);
  });

  test.each([ORDER, 'no order'])(
    'makes no dimension of an order that there is not: %s',
    async (id) => {
      const outcome = { kind: 'refunded', reason: 'unknown-order' } as const;
      expect(await reported(outcome, id)).toEqual([{ Sale: '-', PaymentsRefunded: 1 }]);
    },
  );
});
