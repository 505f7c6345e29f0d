import { describe, expect, test } from '@jest/globals';
import { languageOf, localeOf } from '../../site/languages.ts';

describe('languageOf()', () => {
  test.each([
    ['what the address asks for', 'de', 'en', ['en-GB'], 'de'],
    ['what was chosen last', null, 'de', ['en-GB'], 'de'],
    ['the first of the browser that we have', null, null, ['fr-FR', 'de-AT', 'en'], 'de'],
    ['English, where we have none', null, null, ['fr', 'it'], 'en'],
    ['the next wish, where one is nothing', 'xx', null, ['DE'], 'de'],
  ])('is %s', (_case, asked, remembered, browser, language) => {
    expect(languageOf(asked, remembered, browser)).toBe(language);
  });
});

describe('localeOf()', () => {
  test("is the browser's own variety", () => {
    expect(localeOf('de', ['fr-CH', 'de-CH', 'de-DE'])).toBe('de-CH');
  });

  test('is the language at large, where the browser has none', () => {
    expect(localeOf('de', ['en-GB'])).toBe('de');
  });

  test('is not another language that begins alike', () => {
    expect(localeOf('de', ['del'])).toBe('de');
  });
});
