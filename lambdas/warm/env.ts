import { text, wholeNumber } from '../../adapters/env.ts';

/** What the `warm` function reads. */
export const warmEnv = {
  CATALOGUE_TABLE: text,
  BUY_FUNCTION_ARN: text,
  MOST_WARM: wholeNumber,
};
