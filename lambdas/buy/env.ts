import { text } from '../../adapters/env.ts';

/** What the `buy` function reads. */
export const buyEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_QUEUE_URL: text,
  SIGNING_SECRET_ARN: text,
};
