/** @module Every stage of every REST API, counted as CloudWatch would. */

import type { VirtualClock } from '../clock.ts';
import { accessLog } from '../cloudwatch/access-log.ts';
import { countRequests } from '../cloudwatch/counted.ts';
import type { Inventory } from '../inventory.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Metrics } from '../metrics.ts';
import type { StagePart } from './api-parts.ts';
import { RestApi } from './rest-api.ts';

export type RestApisOptions = {
  readonly inventory: Inventory;
  readonly functions: Functions;
  readonly clock: VirtualClock;
  readonly metrics: Metrics;
  /** Whether they refuse what comes too fast. @default true */
  readonly throttles: boolean | undefined;
};

/** By `<api id>/<stage>`. */
export function restApis(options: RestApisOptions): ReadonlyMap<string, RestApi> {
  const { inventory, functions, clock, throttles = true } = options;
  const parts = inventory.api;
  return new Map(
    parts.stages.map((stage) => {
      const { apiId, name } = stage;
      const onAnswer = counted(options, stage);
      const api = new RestApi({ apiId, stage, parts, functions, clock, throttles, onAnswer });
      return [`${apiId}/${name}`, api];
    }),
  );
}

function counted(
  { inventory, clock, metrics }: RestApisOptions,
  { apiId, name, accessLog: log }: StagePart,
) {
  const count = countRequests(metrics, inventory.api.apis.get(apiId)?.name ?? apiId, name);
  const write = log && accessLog(log, inventory.logFilters, metrics);
  return (status: number, error: string | undefined, startedAt: number) => {
    count(status, startedAt, clock.now());
    write?.({ status, error }, clock.now());
  };
}
