/** @module The alarms on stock, and on the sweeps that keep it right. */

import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { ownMetric } from './alarm-metrics.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { SaleFunction } from './sale-function.ts';
import { functionIn, type Watched } from './watched.ts';

export const stockAlarms = (sweep: SaleFunction): readonly AlarmRule[] => [
  {
    name: 'Oversold',
    means: 'More units are held or sold than the shards of an item were given.',
    metric: ownMetric(sweep, 'Oversold', 'Maximum'),
    ...{ above: 0, after: 'one' },
  },
  {
    name: 'ShardDrift',
    means: 'Available, held and sold units of a shard do not add up to what it was given.',
    metric: ownMetric(sweep, 'ShardDrift', 'Maximum'),
    ...{ above: 0, after: 'one' },
  },
  {
    name: 'ClaimsMissing',
    means: 'A shard holds units for an order whose claim is not there.',
    metric: ownMetric(sweep, 'ClaimsMissing', 'Maximum'),
    ...{ above: 0, after: 'one' },
  },
];

/** Three sweeps: within them a unit that nobody holds must be for sale again. */
const SWEPT_WITHIN = Duration.minutes(3);

/** Scheduler is exact to the minute: two minutes between sweeps are in order, four are not. */
const UNSWEPT_SECONDS = 240;

export function sweepAlarms(watched: Watched): readonly AlarmRule[] {
  const sweep = functionIn(watched, 'sweep');
  return [
    {
      name: 'SweepOverdue',
      means: 'Shoppers buy an item that was not swept for four minutes.',
      // Who buys sees when its item was swept: this needs no sweep to tell, and no other sale's sweeps hide it.
      metric: ownMetric(functionIn(watched, 'buy'), 'SweepAgeSeconds', 'Maximum'),
      above: UNSWEPT_SECONDS,
    },
    {
      name: 'SweepMissing',
      means: 'Orders are open, and no sweep runs at all.',
      // Silence is the fault that is looked for: what the last sweep left open stays open until the next one.
      metric: new MathExpression({
        expression: 'IF(FILL(FILL(open, REPEAT), 0) > 0 AND FILL(sweeps, 0) < 1, 1, 0)',
        usingMetrics: {
          open: ownMetric(sweep, 'OpenOrders', 'Maximum', SWEPT_WITHIN),
          sweeps: ownMetric(sweep, 'Sweeps', 'Sum', SWEPT_WITHIN),
        },
        ...{ label: 'missing', period: SWEPT_WITHIN },
      }),
      above: 0,
    },
    {
      name: 'SweepLag',
      means: 'Some shards of an item were not swept for three minutes.',
      metric: ownMetric(sweep, 'SweepLagSeconds', 'Maximum'),
      above: SWEPT_WITHIN.toSeconds(),
    },
  ];
}
