import { text } from '../../adapters/env.ts';

/** What the `status` function reads. */
export const statusEnv = {
  CATALOGUE_TABLE: text,
  STOCK_TABLE: text,
};
