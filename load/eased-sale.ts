/** @module A sale as a crowd on one machine can play it: what it cannot is left out, and said. */

import type { Sale } from '../domain/sale.ts';

export type Eased = {
  readonly sale: Sale;
  /** What differs from the file, a line each. */
  readonly notes: readonly string[];
};

/** @param difficulty The largest number of a challenge, unless the file's is smaller */
export function easedSale({ access, draw, ...sale }: Sale, difficulty: number): Eased {
  const { difficulty: wanted } = sale.admission;
  const eased = Math.min(difficulty, wanted);
  return {
    sale: { ...sale, admission: { ...sale.admission, difficulty: eased } },
    notes: [
      ...(eased < wanted
        ? [
            `proof of work ${eased} instead of the file's ${wanted.toLocaleString('en')}: one machine plays the whole crowd`,
          ]
        : []),
      ...(access ? ['"access" left out: the crowd has neither codes, CAPTCHAs nor accounts'] : []),
      ...(draw ? ['"draw" left out: nobody enters the public value'] : []),
    ],
  };
}
