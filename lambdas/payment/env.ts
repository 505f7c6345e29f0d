import { text } from '../../adapters/env.ts';

/** What the `payment` function reads. */
export const paymentEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
  ORDERS_TABLE: text,
  ORDERS_QUEUE_URL: text,
  PAYMENT_SECRET_ARN: text,
  PAYMENT_PROVIDER_URL: text,
};
