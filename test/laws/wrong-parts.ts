/** @module What can be wrong in a sale file, field by field: values just outside what is allowed, and of other types. */

import fc from 'fast-check';

/** A value that must not stand at a place of a sale file. */
export type Part = { readonly path: readonly (string | number)[]; readonly value: unknown };

const ANY = { text: 'x', number: 7.5, truth: true, list: [], object: {} };

/** Values of every type but some, and null, which is right nowhere. */
const not = (...types: readonly (keyof typeof ANY)[]): unknown[] => [
  null,
  ...Object.entries(ANY).flatMap(([type, value]) => (types.includes(type as never) ? [] : [value])),
];

const names = ['', ' ', 'a b', 'a.b', 'ü', 'a#b', 'a'.repeat(41), ...not('text')];
const titles = ['', ' \n', 'x'.repeat(201), ...not('text')];
const instants = [
  '2026-11-27',
  '2026-11-27T18:00:00',
  '2026-02-30T18:00:00Z',
  '2026-11-27T24:00:00Z',
  '2026-11-27T18:60:00Z',
  '2026-11-27T18:00:00+24:00',
  '2026-11-27T18:00:00.0001Z',
  '3026-11-27T18:00:00Z',
  ...not('text'),
];
const wholes = (least: number, most: number) => [
  least - 1,
  most + 1,
  least + 0.5,
  `${least}`,
  ...not('number'),
];

const WRONG: readonly (readonly [Part['path'], readonly unknown[]])[] = [
  [['id'], names],
  [['title'], titles],
  [['opensAt'], instants],
  [['closesAt'], instants],
  [['timeZone'], ['', 'Mars/Base', '+01:00', 'Europe/Nowhere', ...not('text')]],
  [['paymentWindowSeconds'], wholes(60, 86_400)],
  [['currency'], ['', 'eur', 'EURO', 'EUX', 'X1X', ...not('text')]],
  [['admission'], not('object')],
  [['admission', 'expectedShoppers'], wholes(0, 100_000_000)],
  [['admission', 'perSecond'], wholes(1, 100_000)],
  [['admission', 'difficulty'], wholes(0, 1_000_000)],
  [['admission', 'ticketSeconds'], wholes(1, 600)],
  [['access'], not('object')],
  [
    ['access', 'codeSha256'],
    ['a'.repeat(63), 'A'.repeat(64), 'g'.repeat(64), ...not('text')],
  ],
  [['access', 'captcha'], not('truth')],
  [
    ['access', 'memberships'],
    [
      [],
      Array(9)
        .fill('a')
        .map((text, i) => `${text}${i}`),
      ['a', 'a'],
      ...not('list'),
    ],
  ],
  [
    ['access', 'memberships', 0],
    ['', 'a b', 'a'.repeat(41), ...not('text')],
  ],
  [['access', 'accountAgeDays'], wholes(0, 3650)],
  [
    ['access', 'countries'],
    [[], ['DE', 'DE'], ...not('list')],
  ],
  [
    ['access', 'countries', 0],
    ['', 'de', 'DEU', 'ZZ', 'EU', 'UK', ...not('text')],
  ],
  [['draw'], not('object')],
  [['draw', 'source'], titles],
  [['afterExpiry'], ['Allow', ...not()]],
  [['items'], not('list')],
  [['items', 0], not('object')],
  [['items', 0, 'sku'], names],
  [['items', 0, 'name'], titles],
  [['items', 0, 'price'], wholes(0, 1_000_000_000_000)],
  [
    ['items', 0, 'units'],
    ['endless', 100.5, 10_000_001, ...not('number', 'text')],
  ],
  [
    ['items', 0, 'limit'],
    [0, 1.5, '1', ...not('number')],
  ],
  [
    ['items', 0, 'image'],
    ['a.png', '//elsewhere/a.png', '/\\elsewhere', 'https://x/a.png', '/a b', ...not('text')],
  ],
  [['items', 0, 'place'], not('object').filter((value) => JSON.stringify(value) !== '{}')],
];

/** Any of them. */
export const wrongParts: fc.Arbitrary<Part> = fc.constantFrom(
  ...WRONG.flatMap(([path, values]) => values.map((value) => ({ path, value }))),
);
