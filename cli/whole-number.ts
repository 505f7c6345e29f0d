/** @module Whole numbers as they are typed behind an option. */

import { InvalidArgumentError } from 'commander';

/** Reads a whole number between two others. @param why says what is wrong with a text, and the rule */
export const wholeNumber =
  (least: number, most: number, why: (text: string) => string) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(why(text));
  };

/** Reads a positive number of up to ten digits. */
export function positiveCount(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`it must be a positive whole number, not "${text}"`);
}
