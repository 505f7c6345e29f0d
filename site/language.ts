/** @module The language that the page speaks: its texts are one file, and only the chosen one is loaded. */

import { type Language, languageOf, localeOf, type Texts } from './languages.ts';
import { lasting } from './storage.ts';

/** What a language calls itself, for the switch. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const FILES: Readonly<Record<Language, () => Promise<{ readonly texts: Texts }>>> = {
  en: () => import('./texts.en.ts'),
  de: () => import('./texts.de.ts'),
};

const KEY = 'flash-sale.language';

let spoken: { readonly texts: Texts; readonly locale: string } | undefined;

/** The texts of the chosen language; {@link speak} comes first. */
export const texts = (): Texts => chosen().texts;

/** How the chosen language writes dates, money and numbers, a BCP 47 tag such as `en-GB`. */
export const locale = (): string => chosen().locale;

function chosen() {
  if (spoken === undefined) throw new Error('Cannot say anything: no language has been chosen');
  return spoken;
}

/** Chooses the language, loads its texts and writes those that stand in the page from the beginning. */
export async function speak(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const asked = query.get('lang');
  const language = languageOf(asked, lasting.get(KEY), navigator.languages);
  if (asked !== null) lasting.set(KEY, language);
  const file = await FILES[language]();
  spoken = { texts: file.texts, locale: localeOf(language, navigator.languages) };
  document.documentElement.lang = language;
  const templates = [...document.querySelectorAll('template')].map(({ content }) => content);
  for (const root of [document, ...templates]) fill(root);
  offerOther(language, query);
}

function fill(root: ParentNode): void {
  const fixed = texts().fixed as Readonly<Record<string, string>>;
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = fixed[element.dataset['text'] ?? ''] ?? '';
  }
}

/** The switch: a link to this very page in the other language. */
function offerOther(language: Language, query: URLSearchParams): void {
  const other = language === 'en' ? 'de' : 'en';
  const link = document.querySelector<HTMLAnchorElement>('#language');
  query.set('lang', other);
  Object.assign(link ?? {}, { href: `?${query}`, hreflang: other, lang: other });
  if (link) link.textContent = NAMES[other];
}
