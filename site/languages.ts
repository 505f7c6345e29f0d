/** @module Which languages there are, and which of them a shopper gets. */

import type { texts as english } from './texts.en.ts';

/** What every language says; the English file is the list. */
export type Texts = typeof english;

const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language that was asked for, else the one of the last visit, else the first of the browser's that we have. */
export function languageOf(
  asked: string | null,
  remembered: string | null,
  browser: readonly string[],
): Language {
  const wishes = [asked, remembered, ...browser].map((tag) => tag?.slice(0, 2).toLowerCase());
  return LANGUAGES.find((known) => known === wishes.find(isKnown)) ?? 'en';
}

const isKnown = (wish: string | undefined): boolean => LANGUAGES.some((known) => known === wish);

/** The browser's own variety of a language, or the language at large. */
export const localeOf = (language: Language, browser: readonly string[]): string =>
  browser.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
