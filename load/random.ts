/** @module Chance that can be repeated: the same seed decides the same things, whatever the timing. */

/** Numbers in [0, 1), one after another. */
export type Random = () => number;

/** Mulberry32: small, fast, good enough for who does what. @see https://github.com/cprosche/mulberry32 */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A generator of its own for one of many, so that what one draws changes nothing for the others. */
export const randomFor = (seed: number, index: number): Random =>
  random(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35));

/** A whole number from `least` to `most`. */
export const between = (chance: Random, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1));
