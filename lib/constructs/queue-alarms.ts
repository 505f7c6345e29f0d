/** @module The alarms on queues, and on what failed for good. */

import { ownMetric, queueMetric } from './alarm-metrics.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { SaleSchedules } from './sale-schedules.ts';
import { functionIn, type Watched } from './watched.ts';
import type { WorkQueue } from './work-queue.ts';

/** Seconds that a change may wait for its record: DESIGN promises that nothing is lost, not that it is at once. */
const RECORDED_WITHIN_SECONDS = 180;

/** A queue is worked on at once; two minutes are twice what the largest burst needs. */
const WAITING_SECONDS = 120;

export function queueAlarms(watched: Watched): readonly AlarmRule[] {
  const { orders, sweeps, schedules } = watched;
  const waiting = (name: string, { queue }: WorkQueue, what: string): AlarmRule => ({
    name: `${name}Waiting`,
    means: `The oldest message of the ${what} queue has waited for two minutes.`,
    metric: queueMetric(queue, 'ApproximateAgeOfOldestMessage'),
    above: WAITING_SECONDS,
  });
  const dead = (name: string, { deadLetters }: WorkQueue | SaleSchedules, what: string) => ({
    name: `${name}DeadLetters`,
    means: `${what} failed for good and wait for a person.`,
    metric: queueMetric(deadLetters, 'ApproximateNumberOfMessagesVisible'),
    ...{ above: 0, after: 'one' as const },
  });
  return [
    {
      name: 'RecordLag',
      means: 'One change of an order in a hundred is recorded and published minutes late.',
      metric: ownMetric(functionIn(watched, 'record'), 'RecordLagSeconds', 'p99'),
      above: RECORDED_WITHIN_SECONDS,
    },
    waiting('Orders', orders, 'orders'),
    waiting('Sweeps', sweeps, 'sweeps'),
    dead('Orders', orders, 'Changes of orders'),
    dead('Sweeps', sweeps, 'Sweeps of shards'),
    dead('Schedule', schedules, 'Openings, sweeps, closings, imports or reconciliations'),
  ];
}
