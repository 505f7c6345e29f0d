/** @module The alarms on limits: of the API, of functions and of tables. */

import { lambdaMetric, ownMetric, percentOf, sumOf, tableMetric } from './alarm-metrics.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { isRequestFunction } from './function-alarms.ts';
import { functionIn, type Watched } from './watched.ts';

/** Of requests to the API: a crowd a little larger than expected is turned away, and that is what the throttle is for. */
const THROTTLED_PERCENT = 5;

/** Events a minute: single ones are met by a second try. */
const FEW = 10;

export function throttleAlarms(watched: Watched): readonly AlarmRule[] {
  const { functions, tables, gateway } = watched;
  const crowded = [...functions.values()].filter(
    (fn) => isRequestFunction(fn) || fn.folder === 'record',
  );
  const events = [tables.catalogue, tables.stock, tables.orders].flatMap((table) => [
    tableMetric(table, 'ReadThrottleEvents'),
    tableMetric(table, 'WriteThrottleEvents'),
  ]);
  return [
    {
      name: 'ApiThrottled',
      means: `API Gateway turns away more than ${THROTTLED_PERCENT} % of the requests that pass the gate.`,
      metric: percentOf([gateway.throttled], gateway.requests, '% throttled'),
      above: THROTTLED_PERCENT,
    },
    {
      name: 'ApiFailing',
      means: 'API Gateway answers by itself that a function cannot.',
      metric: gateway.failed,
      above: FEW,
    },
    {
      name: 'FunctionsThrottled',
      means: 'Functions are asked for more environments than they may have.',
      metric: sumOf(
        crowded.map((fn) => lambdaMetric(fn, 'Throttles', 'Sum')),
        'throttles',
      ),
      above: FEW,
    },
    {
      name: 'TablesThrottled',
      means: 'DynamoDB throttles a table.',
      metric: sumOf(events, 'throttle events'),
      above: FEW,
    },
    {
      name: 'BuysResting',
      means: 'The buy function met throttling and answers "busy" without calling anybody.',
      metric: ownMetric(functionIn(watched, 'buy'), 'Throttled'),
      above: 0,
    },
  ];
}
