/** What a sale file says of challenges, tickets, the draw, and of whom the sale is for. */

import { describe, expect, test } from '@jest/globals';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { aSaleFile, broken, print } from '../support/sale-files.ts';

describe('readSaleFile()', () => {
  test('takes who may have a ticket, and where a public value will come from', () => {
    const access = {
      ...{ codeSha256: 'a'.repeat(64), captcha: true, memberships: ['gold', 'plus_1'] },
      ...{ accountAgeDays: 0, countries: ['DE', 'AT', 'XK'] },
    };
    const draw = { source: 'drand round 7' };
    const read = readSaleFile(print(aSaleFile({ access, draw })), 'x');
    expect(read).toMatchObject({ sale: { access, draw } });
  });

  test.each([
    [
      { access: 5 },
      'access: it must be an object with codeSha256, captcha, memberships, accountAgeDays and countries, or some of them',
    ],
    [
      { access: { code: 'LAMP' } },
      'access.code: there is no such property; did you mean "codeSha256"?',
    ],
    ...['A'.repeat(64), 'a'.repeat(63), 'a'.repeat(65), 7].map(
      (codeSha256) =>
        [
          { access: { codeSha256 } },
          'access.codeSha256: it must be a SHA-256 of 64 lower-case hex digits, as `npm run sale -- code` prints it',
        ] as const,
    ),
    [{ access: { captcha: 'yes' } }, 'access.captcha: it must be true or false'],
    ...[[], ['a', 'a'], [...'123456789']].map(
      (memberships) =>
        [
          { access: { memberships } },
          'access.memberships: it must be a list of 1 to 8 different memberships',
        ] as const,
    ),
    ...['', 'a b', 'm'.repeat(41)].map(
      (membership) =>
        [
          { access: { memberships: ['ok', membership] } },
          'access.memberships[1]: it must be 1 to 40 letters, digits, hyphens or underscores',
        ] as const,
    ),
    ...[-1, 3651, 1.5].map(
      (accountAgeDays) =>
        [
          { access: { accountAgeDays } },
          'access.accountAgeDays: it must be an integer from 0 to 3650, in days',
        ] as const,
    ),
    ...[[], ['DE', 'DE']].map(
      (countries) =>
        [
          { access: { countries } },
          'access.countries: it must be a list of 1 to 50 different countries',
        ] as const,
    ),
    ...['de', 'DEU', '', 4].map(
      (code) =>
        [
          { access: { countries: [code] } },
          'access.countries[0]: it must be an ISO 3166-1 code of two letters in upper case, such as "DE"',
        ] as const,
    ),
    ...['XX', 'UK', 'EU', 'DD', 'ZZ'].map(
      (code) =>
        [
          { access: { countries: ['DE', code] } },
          'access.countries[1]: it must be a country of ISO 3166-1',
        ] as const,
    ),
    [{ draw: {} }, 'draw.source: it must be a text of 1 to 200 characters'],
    [{ draw: { source: ' ' } }, 'draw.source: it must be a text of 1 to 200 characters'],
    [
      { draw: { source: 'd'.repeat(201) } },
      'draw.source: it must be a text of 1 to 200 characters',
    ],
    [{ draw: 'drand' }, 'draw: it must be an object with source'],
    ...[-1, 1_000_001, 0.5].map(
      (difficulty) =>
        [
          { admission: { difficulty } },
          'admission.difficulty: it must be an integer from 0 to 1000000',
        ] as const,
    ),
    ...[0, 601].map(
      (ticketSeconds) =>
        [
          { admission: { ticketSeconds } },
          'admission.ticketSeconds: it must be an integer from 1 to 600, in seconds',
        ] as const,
    ),
  ])('refuses an admission with %j', (changes, expected) => {
    expect(broken(changes)).toEqual([expected]);
  });

  test.each([
    { accountAgeDays: 3650 },
    { memberships: [...'12345678'] },
    { memberships: ['m'.repeat(40)] },
  ])('takes an access of %j', (access) => {
    expect(broken({ access })).toEqual([]);
  });

  test.each([
    { difficulty: 0 },
    { difficulty: 1_000_000 },
    { ticketSeconds: 1 },
    { ticketSeconds: 600 },
  ])('takes an admission of %j', (admission) => {
    expect(broken({ admission })).toEqual([]);
  });

  test('takes 50 countries, and refuses 51', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const all = letters
      .flatMap((one) => letters.map((other) => one + other))
      .filter((code) => broken({ access: { countries: [code] } }).length === 0);
    // ISO 3166-1 has 249, and Kosovo is XK to everybody.
    expect(all).toHaveLength(250);
    expect(broken({ access: { countries: all.slice(0, 50) } })).toEqual([]);
    expect(broken({ access: { countries: all.slice(0, 51) } })).toHaveLength(1);
  });
});
