import { text } from '../../adapters/env.ts';

/** What the `open` function reads. */
export const openEnv = {
  CATALOGUE_TABLE: text,
  ORDERS_QUEUE_URL: text,
  SITE_BUCKET: text,
};
