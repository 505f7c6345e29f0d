import { text } from '../../adapters/env.ts';

/** What the `reconcile` function reads. */
export const reconcileEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_TABLE: text,
  ORDERS_QUEUE_URL: text,
  PAYMENT_SECRET_ARN: text,
  PAYMENT_PROVIDER_URL: text,
  BUS_NAME: text,
  REPORTS_BUCKET: text,
};
