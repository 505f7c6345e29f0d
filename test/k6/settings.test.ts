import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { SETTINGS } from '../../load/k6/settings.ts';
import { refuseTooFew, rolesOf, tokenIndex, tokensIn } from '../../load/k6/tokens.ts';
import { settingsOf } from './stages.ts';

const DOCUMENT = readFileSync(new URL('../../docs/load.md', import.meta.url), 'utf8');

describe('settingsFrom()', () => {
  test('needs no more than a place and a sale', () => {
    expect(settingsOf()).toMatchObject({
      ...{ scenario: 'spike', baseUrl: 'https://sale.example.com', sale: 'night', sku: '' },
      ...{
        shoppers: 1_000,
        arriveSeconds: 2,
        pay: 0,
        judgeTime: true,
        quantity: { least: 1, most: 1 },
      },
    });
  });

  test('comes some seconds before the opening, for a minute, where it is abuse', () => {
    expect(settingsOf({}, 'abuse')).toMatchObject({ leadSeconds: 3, durationSeconds: 60 });
    expect(settingsOf({}, 'tail')).toMatchObject({ leadSeconds: 0, durationSeconds: 600 });
  });

  test.each([
    ['SHOPPERS', '1', 1],
    ['SHOPPERS', '1000000', 1_000_000],
    ['ARRIVE_SECONDS', '.5', 0.5],
    ['LEAD_SECONDS', '0', 0],
    ['DOUBLE_CLICK', '1', 1],
    ['QUANTITY', '1-3', { least: 1, most: 3 }],
    ['QUANTITY', '100', { least: 100, most: 100 }],
    ['JUDGE_TIME', 'no', false],
    ['BASE_URL', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['HEADER', 'x-staging: a: b', 'x-staging: a: b'],
  ])('reads %s "%s"', (variable, text, value) => {
    const name = Object.entries(SETTINGS).find(([, one]) => one.variable === variable)?.[0] ?? '';
    expect(settingsOf({ [variable]: text })).toHaveProperty(name, value);
  });

  test.each([
    ['SHOPPERS', '0', 'Cannot read SHOPPERS "0": it must be a whole number from 1 to 1000000'],
    ['SHOPPERS', '1000001', 'Cannot read SHOPPERS "1000001": it must be'],
    ['SHOPPERS', '1e3', 'Cannot read SHOPPERS "1e3": it must be'],
    ['RATE', 'fast', 'Cannot read RATE "fast": it must be a whole number from 1 to 100000'],
    [
      'ARRIVE_SECONDS',
      '60.1',
      'Cannot read ARRIVE_SECONDS "60.1": it must be a number from 0.1 to 60',
    ],
    ['PAY', '1.1', 'Cannot read PAY "1.1": it must be a number from 0 to 1'],
    ['QUANTITY', '3-1', 'Cannot read QUANTITY "3-1": it must be'],
    ['QUANTITY', '0', 'Cannot read QUANTITY "0": it must be'],
    ['QUANTITY', '101', 'Cannot read QUANTITY "101": it must be'],
    ['JUDGE_TIME', 'true', 'Cannot read JUDGE_TIME "true": it must be yes or no'],
    [
      'BASE_URL',
      'https://sale.example.com/',
      'Cannot read BASE_URL "https://sale.example.com/": it must be scheme and host',
    ],
    ['SALE', 'a b', 'Cannot read SALE "a b": it must have'],
    ['BASE_URL', '', 'Cannot run: BASE_URL is not set; it must be scheme and host'],
  ])('refuses %s "%s"', (variable, text, why) => {
    expect(() => settingsOf({ [variable]: text })).toThrow(why);
  });

  test('does not show what is secret', () => {
    expect(() => settingsOf({ HEADER: 'hunter2' })).toThrow(/^Cannot read HEADER: it must be/);
    expect(() => settingsOf({ HEADER: 'hunter2' })).not.toThrow(/hunter2/);
  });
});

describe('docs/load.md', () => {
  test('lists every variable, and no other', () => {
    const listed = [...DOCUMENT.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(
      Object.values(SETTINGS)
        .map(({ variable }) => variable)
        .sort(),
    );
  });
});

describe('tokensIn()', () => {
  test('reads one a line, and leaves comments and empty lines out', () => {
    expect(tokensIn('# mine\n\n a.b.c \nd.e.f\r\n')).toEqual(['a.b.c', 'd.e.f']);
  });

  test('names the line that is none, and not what it says', () => {
    expect(() => tokensIn('a.b.c\nhunter2\n')).toThrow('Cannot read TOKENS: line 2 is no ID token');
  });
});

describe('tokens of a run', () => {
  const settings = settingsOf(
    { RATE: '2', DURATION_SECONDS: '10', DOUBLE_RATE: '1', VUS: '2', POLLERS: '1' },
    'abuse',
  );

  test('are as many as shoppers', () => {
    expect(() => refuseTooFew(settingsOf({ SHOPPERS: '3' }), 3)).not.toThrow();
    expect(() => refuseTooFew(settingsOf({ SHOPPERS: '3' }), 2)).toThrow(
      'Cannot run: TOKENS has 2 tokens, and 3 shoppers need one each',
    );
    expect(() => refuseTooFew(settingsOf({ SHOPPERS: '3' }), 0)).not.toThrow();
  });

  test('are dealt to roles one after the other, none twice', () => {
    expect(rolesOf(settings)).toEqual([
      ['visit', 21],
      ['double', 11],
      ['thief', 16],
      ['poller', 8],
    ]);
    expect(tokenIndex(settings, 'visit', 20)).toBe(20);
    expect(tokenIndex(settings, 'double', 0)).toBe(21);
    expect(tokenIndex(settings, 'thief', 0)).toBe(32);
    expect(tokenIndex(settings, 'poller', 7)).toBe(55);
    expect(() => refuseTooFew(settings, 56)).not.toThrow();
    expect(() => refuseTooFew(settings, 55)).toThrow('55 tokens, and 56 shoppers');
  });
});
