import { text } from '../../adapters/env.ts';

/** What the `import` function reads. */
export const importEnv = {
  CATALOGUE_TABLE: text,
  ORDERS_TABLE: text,
  IMPORTS_BUCKET: text,
};
