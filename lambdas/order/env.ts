import { text } from '../../adapters/env.ts';

/** What the `order` function reads. */
export const orderEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_TABLE: text,
  ORDERS_QUEUE_URL: text,
  SIGNING_SECRET_ARN: text,
  PAYMENT_SECRET_ARN: text,
  PAYMENT_PROVIDER_URL: text,
};
