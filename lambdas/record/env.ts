import { text } from '../../adapters/env.ts';

/** What the `record` function reads. */
export const recordEnv = {
  STOCK_TABLE: text,
  ORDERS_TABLE: text,
  BUS_NAME: text,
};
