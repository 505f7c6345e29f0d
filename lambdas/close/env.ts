import { text } from '../../adapters/env.ts';

/** What the `close` function reads. */
export const closeEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_QUEUE_URL: text,
  SITE_BUCKET: text,
};
