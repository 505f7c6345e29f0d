import { text } from '../../adapters/env.ts';

/** What the `sweep` function reads. */
export const sweepEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_TABLE: text,
  ORDERS_QUEUE_URL: text,
  SWEEPS_QUEUE_URL: text,
  SCHEDULE_GROUP: text,
};
