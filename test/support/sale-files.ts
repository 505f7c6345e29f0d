/** @module Sale files for tests: a right one, and all kinds of sales. */

import fc from 'fast-check';
import { type Mistake, readSaleFile } from '../../adapters/sale-file.ts';
import type { Access, Item, Place, Sale } from '../../domain/sale.ts';

/** A sale file's content that is right, with what a test is about put into it. */
export const aSaleFile = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 'drop',
  title: 'Sneaker drop',
  opensAt: '2026-11-27T18:00:00+01:00',
  closesAt: '2026-11-27T19:00:00+01:00',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  items: [anItem()],
  ...changes,
});

/** An item of a sale file that is right. */
export const anItem = (changes: Readonly<Record<string, unknown>> = {}) => ({
  sku: 'AURORA-42',
  name: 'Aurora One, size 42',
  price: 12900,
  units: 100,
  ...changes,
});

/** A sale file of some content. */
export const print = (content: unknown) => JSON.stringify(content, null, 2);

/** The mistakes in a text, which calls itself sales/x.json. */
export const mistakesIn = (text: string): readonly Mistake[] => {
  const read = readSaleFile(text, 'sales/x.json');
  return 'mistakes' in read ? read.mistakes : [];
};

/** The mistakes in a file that is right but for some properties, as `path: rule`. */
export const broken = (changes: Readonly<Record<string, unknown>>) =>
  mistakesIn(print(aSaleFile(changes))).map(({ path, rule }) => `${path}: ${rule}`);

const name = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
const title = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => /\S/.test(text) && text.length <= 200 && text.isWellFormed());

const degrees = (most: number) =>
  fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0);

const place: fc.Arbitrary<Place> = fc.record({
  name: title,
  latitude: degrees(90),
  longitude: degrees(180),
});

const item = (sku: string): fc.Arbitrary<Item> =>
  fc
    .oneof(fc.constant('unlimited' as const), fc.integer({ min: 1, max: 10_000_000 }))
    .chain((units) =>
      fc.record(
        {
          sku: fc.constant(sku),
          name: title,
          price: fc.integer({ min: 0, max: 1_000_000_000_000 }),
          units: fc.constant(units),
          limit: fc.integer({ min: 1, max: units === 'unlimited' ? 100 : Math.min(100, units) }),
          image: fc.constantFrom('/assets/a.webp', '/sales/a.webp?w=2'),
          place,
        },
        { requiredKeys: ['sku', 'name', 'price', 'units', 'limit'] },
      ),
    );

const optional = { requiredKeys: [] };

const access: fc.Arbitrary<Access> = fc.record(
  {
    codeSha256: fc.stringMatching(/^[0-9a-f]{64}$/),
    captcha: fc.boolean(),
    memberships: fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), {
      ...{ minLength: 1, maxLength: 8 },
    }),
    accountAgeDays: fc.nat({ max: 3650 }),
    countries: fc.uniqueArray(fc.constantFrom('DE', 'AT', 'CH', 'JP'), { minLength: 1 }),
  },
  optional,
);

/** What a sale may say besides. */
const extras = fc.record(
  { access, draw: fc.record({ source: title }), refunds: fc.constant('approval' as const) },
  optional,
);

/** Every kind of sale that a sale file can describe. */
export const sales: fc.Arbitrary<Sale> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 5 })
  .chain((skus) => fc.tuple(...skus.map(item)))
  .chain((items) => fc.tuple(extras, plain(items)).map(([more, sale]) => ({ ...sale, ...more })));

const plain = (items: readonly Item[]) =>
  fc.record({
    id: name,
    title,
    opensAt: fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2100, 0) }),
    closesAt: fc.integer({ min: Date.UTC(2100, 0, 2), max: Date.UTC(2200, 0) }),
    timeZone: fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone')),
    paymentWindow: fc.integer({ min: 60, max: 86_400 }),
    currency: fc.constantFrom(...Intl.supportedValuesOf('currency')),
    admission: fc.record({
      expectedShoppers: fc.nat({ max: 100_000_000 }),
      perSecond: fc.integer({ min: 1, max: 100_000 }),
      difficulty: fc.nat({ max: 1_000_000 }),
      ticketSeconds: fc.integer({ min: 1, max: 600 }),
    }),
    afterExpiry: fc.constantFrom('allow', 'refuse'),
    items: fc.constant(items),
  });
