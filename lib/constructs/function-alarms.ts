/** @module The alarms that each function has: it fails, it is slow. Deployments roll back on them. */

import { lambdaMetric, ownMetric, percentOf, sumOf } from './alarm-metrics.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { SaleFunction } from './sale-function.ts';

/**
 * Functions that answer requests. A request takes 40 ms, calls to AWS time out after 1 s and are tried twice: where one
 * request in a hundred takes longer than that, calls time out.
 */
const SLOW_REQUEST_MS = 1000;

/** From when on one invocation in a hundred is too slow, by folder; others wait or work for as long as they need. */
const SLOW_MS: Readonly<Record<string, number>> = {
  session: SLOW_REQUEST_MS,
  status: SLOW_REQUEST_MS,
  buy: SLOW_REQUEST_MS,
  order: SLOW_REQUEST_MS,
  payment: SLOW_REQUEST_MS,
  // A third of its time limit.
  record: 10_000,
  // Half of the minute after which the next one comes.
  sweep: 30_000,
};

/** Of requests; a busy evening has a few that meet a restart of AWS's own. */
const FAILING_PERCENT = 1;

/** Whether a crowd calls it: then a share counts. What runs once a minute or a night must not fail at all. */
export const isRequestFunction = ({ folder }: SaleFunction): boolean =>
  ['session', 'status', 'buy', 'order', 'payment', 'operate'].includes(folder);

const failing = (fn: SaleFunction, name: string): AlarmRule => {
  // A request that is answered "unavailable", and a message that comes again, are no errors to Lambda.
  const failures = [lambdaMetric(fn, 'Errors', 'Sum'), ownMetric(fn, 'Failed')];
  return isRequestFunction(fn)
    ? {
        name: `${name}Failing`,
        means: `More than ${FAILING_PERCENT} % of the invocations of ${name} fail.`,
        metric: percentOf(failures, lambdaMetric(fn, 'Invocations', 'Sum'), '% failing'),
        above: FAILING_PERCENT,
      }
    : {
        name: `${name}Failing`,
        means: `Invocations of ${name}, or messages that it works on, fail.`,
        metric: sumOf(failures, 'failing'),
        above: 0,
      };
};

const slow = (fn: SaleFunction, name: string, ms: number): AlarmRule => ({
  name: `${name}Slow`,
  means: `One invocation of ${name} in a hundred takes longer than ${ms} ms.`,
  metric: lambdaMetric(fn, 'Duration', 'p99'),
  above: ms,
});

/** The alarms of a function; the name of its construct begins theirs. */
export function functionAlarms(fn: SaleFunction): readonly AlarmRule[] {
  const name = fn.node.id;
  const ms = SLOW_MS[fn.folder];
  return [failing(fn, name), ...(ms === undefined ? [] : [slow(fn, name, ms)])];
}
