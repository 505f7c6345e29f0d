import { text } from '../../adapters/env.ts';

/** What the `note` function reads. */
export const noteEnv = {
  ORDERS_TABLE: text,
};
