/** @module The alarms on money, and on the products that it is paid for. */

import { Duration } from 'aws-cdk-lib';
import { ownMetric, sumOf } from './alarm-metrics.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { functionIn, type Watched } from './watched.ts';

export function moneyAlarms(watched: Watched): readonly AlarmRule[] {
  const payment = functionIn(watched, 'payment');
  const reconcile = functionIn(watched, 'reconcile');
  return [
    {
      name: 'LatePayments',
      means: 'Several payments came after their orders had expired.',
      metric: ownMetric(payment, 'PaymentsLate', 'Sum', Duration.minutes(5)),
      // One shopper in a tunnel is no pattern; three in five minutes are a provider that tells late.
      ...{ above: 2, after: 'one' },
    },
    {
      name: 'PaymentsPutOff',
      means: 'Payments or refunds cannot be applied, and the provider is asked to come again.',
      metric: ownMetric(payment, 'PaymentsPutOff'),
      above: 0,
    },
    {
      name: 'RefundsToApprove',
      means: 'Money that is not ours waits for an operator to send it back.',
      metric: ownMetric(payment, 'RefundsToApprove'),
      ...{ above: 0, after: 'one' },
    },
    {
      name: 'ReconciliationFindings',
      means: 'Order records and the statement of the payment provider differ.',
      metric: sumOf(
        [ownMetric(reconcile, 'FindingsToHandle'), ownMetric(reconcile, 'AmountMismatch')],
        'findings',
      ),
      ...{ above: 0, after: 'one' },
    },
    {
      name: 'ImportRowsRefused',
      means: 'Rows of a product file that was dropped into the bucket were refused.',
      metric: ownMetric(functionIn(watched, 'import'), 'ProductRowsRefused'),
      ...{ above: 0, after: 'one' },
    },
  ];
}
