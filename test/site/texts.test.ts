import { describe, expect, test } from '@jest/globals';
import type { Sale } from '../../site/api.ts';
import { refusalText } from '../../site/refusals.ts';
import { texts as de } from '../../site/texts.de.ts';
import { texts as en } from '../../site/texts.en.ts';
import { openApi } from '../support/openapi-document.ts';

const LANGUAGES = { en, de };

/** The paths of all texts, such as `refused.closed`. */
const keysOf = (value: object, path = ''): string[] =>
  Object.entries(value).flatMap(([name, text]) =>
    typeof text === 'object' ? keysOf(text, `${path}${name}.`) : [`${path}${name}`],
  );

/** Every text of a language; those that are made from values, with numbers for them. */
const sentences = (value: object): string[] =>
  Object.values(value).flatMap((text) => {
    if (typeof text === 'object') return sentences(text);
    return [typeof text === 'function' ? String(text(2, 2)) : text];
  });

const problem = openApi.components['schemas']?.['Problem'] as {
  readonly properties: { readonly code: { readonly enum: readonly string[] } };
};

/** Operators alone meet these, on a page of their own. */
const OPERATORS =
  /^(sign-in-required|not-an-operator|operators-.*|unknown-draft|conflict|invalid)$/;

/** What the shop can answer, and what the page itself adds to it. */
const CODES = [
  ...problem.properties.code.enum.filter((code) => !OPERATORS.test(code)),
  'unreachable',
  'sign-in-cancelled',
  'sign-in-stale',
  'sign-in-unavailable',
  'sign-in-refused',
];

describe('the texts', () => {
  test('say the same things in both languages', () => {
    expect(keysOf(de).sort()).toEqual(keysOf(en).sort());
    expect(keysOf(en).length).toBeGreaterThan(80);
  });

  test.each(Object.entries(LANGUAGES))('leave nothing empty in %s', (_language, texts) => {
    const all = sentences(texts);
    for (const sentence of all) expect(sentence.trim()).toMatch(/^\S.*\S$/);
    expect(all.join(' ')).not.toMatch(/undefined|\[object|'|TODO/);
  });

  test('are not left untranslated', () => {
    const same = sentences(en).filter((text) => sentences(de).includes(text) && /[.…]$/.test(text));
    expect(same).toEqual([]);
  });
});

describe('refusalText()', () => {
  const cases = Object.keys(LANGUAGES).flatMap((language) => CODES.map((code) => [code, language]));

  test.each(cases)('has a sentence for %s in %s', (code, language) => {
    const texts = LANGUAGES[language as 'en' | 'de'];
    const text = refusalText(texts, { code });
    expect(text).toMatch(/^[A-ZÄÖÜ].{20,}\.$/);
    expect(text).not.toBe(texts.somethingElse);
  });

  test('has one for what nobody has thought of', () => {
    expect(refusalText(en, { code: 'something-new' })).toBe(en.somethingElse);
  });

  test('names the largest quantity that is left', () => {
    const problem = { code: 'quantity-unavailable', largest: 2 };
    expect(refusalText(en, problem)).toContain('get 2');
    expect(refusalText(de, problem)).toContain('noch 2');
  });

  test.each<[string, Sale['access'], RegExp]>([
    ['memberships', { memberships: ['gold', 'silver'] }, /\(gold, silver\)/],
    ['the age of the account', { accountAgeDays: 30 }, /30 (days|Tage)/],
  ])('names %s, where the sale asks for it', (_rule, access, name) => {
    expect(refusalText(en, { code: 'not-eligible' }, access)).toMatch(name);
    expect(refusalText(de, { code: 'not-eligible' }, access)).toMatch(name);
  });
});
