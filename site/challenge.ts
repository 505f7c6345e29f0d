/** @module A proof of work in parts, so that workers can share it. */

import type { Answer, Challenge } from './api.ts';

/** A worker's share of a challenge: the numbers from `start` to `end`, both tried. */
export type Part = Pick<Challenge, 'algorithm' | 'challenge' | 'salt'> & {
  readonly start: number;
  readonly end: number;
};

export type Solver = {
  /** A solution for the header `x-solution`; nothing where the sale asks for none. */
  solution(): Promise<Answer<string | undefined>>;
  /** The last solution was not accepted. */
  drop(): void;
};

/** Equal shares of 0 to `most`, without gaps or overlaps. */
export function sharesOf(most: number, workers: number): { start: number; end: number }[] {
  const size = Math.ceil((most + 1) / workers);
  return Array.from({ length: workers }, (_, i) => ({
    start: i * size,
    end: Math.min((i + 1) * size - 1, most),
  })).filter(({ start, end }) => start <= end);
}
