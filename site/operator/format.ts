/** @module Numbers, money and times for the eye. The page is in English; times are the browser's, or a sale's own. */

import { remainingText } from '../countdown.ts';
import { priceText } from '../money.ts';

/** English with a 24-hour clock and days before months: nobody takes 04/05 for the other one. */
const LOCALE = 'en-GB';

export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toLocaleString(LOCALE);

export const money = (minor: number, currency: string): string =>
  priceText(minor, currency, LOCALE);

/** A day and a minute, in a zone; the browser's where none is given. */
export const instant = (epochMs: number, timeZone?: string): string =>
  new Intl.DateTimeFormat(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  }).format(epochMs);

/** A time of day, to the second. */
export const clock = (epochMs: number): string =>
  new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium' }).format(epochMs);

/** What is left of a time, such as `2 d 04:10:09`. */
export const left = (ms: number): string => remainingText(ms, (days) => `${days} d`);

/** A code as people read it: `not-judged` is "not judged". */
export const words = (code: string): string => code.replaceAll('-', ' ');
