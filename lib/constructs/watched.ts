/** @module What alarms and dashboard look at. */

import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { SaleFunction } from './sale-function.ts';
import type { SaleSchedules } from './sale-schedules.ts';
import type { SaleTables } from './sale-tables.ts';
import type { WorkQueue } from './work-queue.ts';

export type Watched = {
  /** Every function of the stack, by the folder that it runs. */
  readonly functions: ReadonlyMap<string, SaleFunction>;
  readonly orders: WorkQueue;
  readonly sweeps: WorkQueue;
  readonly schedules: SaleSchedules;
  readonly tables: SaleTables;
  /** What the shoppers' API answered by itself; see `access-log-metrics.ts`. */
  readonly gateway: Readonly<Record<'requests' | 'throttled' | 'failed', Metric>>;
};

/** The function that runs a folder. @throws {Error} naming the folder that none runs */
export function functionIn({ functions }: Watched, folder: string): SaleFunction {
  const found = functions.get(folder);
  if (found === undefined) throw new Error(`Cannot watch "${folder}": no function runs it`);
  return found;
}
