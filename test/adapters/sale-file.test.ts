import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { explain, printSaleFile, readSaleFile } from '../../adapters/sale-file.ts';
import { anItem, aSaleFile, broken, mistakesIn, print } from '../support/sale-files.ts';

const brokenItem = (changes: Readonly<Record<string, unknown>>) =>
  broken({ items: [anItem(changes)] });

describe('readSaleFile()', () => {
  test('fills in the defaults', () => {
    const { timeZone, ...file } = aSaleFile();
    expect(readSaleFile(print(file), 'x')).toEqual({
      sale: {
        id: 'drop',
        title: 'Sneaker drop',
        opensAt: Date.UTC(2026, 10, 27, 17),
        closesAt: Date.UTC(2026, 10, 27, 18),
        timeZone: 'UTC',
        paymentWindow: 900,
        currency: 'EUR',
        admission: {
          ...{ expectedShoppers: 0, perSecond: 500 },
          ...{ difficulty: 50_000, ticketSeconds: 10 },
        },
        afterExpiry: 'allow',
        items: [{ ...anItem(), limit: 1 }],
      },
    });
  });

  test('fills in the half of the admission that is left out', () => {
    const read = readSaleFile(print(aSaleFile({ admission: { perSecond: 9 } })), 'x');
    expect(read).toMatchObject({ sale: { admission: { expectedShoppers: 0, perSecond: 9 } } });
  });

  test('takes a $schema for editors, and a byte order mark', () => {
    expect(
      mistakesIn(`\uFEFF${print(aSaleFile({ $schema: '../docs/sale.schema.json' }))}`),
    ).toEqual([]);
  });

  test('reports all mistakes at once, in the order of the file', () => {
    const text = `{
  "id": "x y",
  "title": "Drop", // soon
  "opensAt": "2026-11-27T18:00:00+01:00",
  "closesAt": "2026-11-27T17:00:00Z",
  "currency": "EUR",
  "items": [
    { "sku": "A", "name": "a", "price": -5, "units": 3, "limit": 4 },
    { "sku": "A", "name": "b", "prise": 5, "units": "unlimited" },
  ]
}`;
    expect(mistakesIn(text).map(explain)).toEqual([
      'sales/x.json:2:9 id is "x y": it must be 1 to 40 letters, digits or hyphens',
      'sales/x.json:3:20 the file is not JSON at "// soon": JSON has no comments',
      'sales/x.json:5:15 closesAt is "2026-11-27T17:00:00Z": it must be later than opensAt',
      'sales/x.json:8:41 items[0].price is -5: it must be an integer of 0 or more, in minor units (at most 1000000000000)',
      'sales/x.json:8:66 items[0].limit is 4: it must be no more than the units, 3',
      'sales/x.json:9:5 items[1].price is missing: it must be an integer of 0 or more, in minor units (at most 1000000000000)',
      'sales/x.json:9:14 items[1].sku is "A": it must be unique in the sale: items[0] has it too',
      'sales/x.json:9:32 items[1].prise is 5: there is no such property; did you mean "price"?',
      'sales/x.json:10:3 items is not JSON at "]": JSON has no comma before this',
    ]);
  });

  test.each([
    [{ id: 'a'.repeat(41) }, 'id: it must be 1 to 40 letters, digits or hyphens'],
    [{ id: 'a#b' }, 'id: it must be 1 to 40 letters, digits or hyphens'],
    [{ title: ' ' }, 'title: it must be a text of 1 to 200 characters'],
    [{ title: undefined }, 'title: it must be a text of 1 to 200 characters'],
    [
      { paymentWindowSeconds: 59 },
      'paymentWindowSeconds: it must be an integer from 60 to 86400, in seconds',
    ],
    [
      { paymentWindowSeconds: 86_401 },
      'paymentWindowSeconds: it must be an integer from 60 to 86400, in seconds',
    ],
    [{ currency: 'eur' }, 'currency: it must be an ISO 4217 code in upper case, such as "EUR"'],
    [{ currency: 'EUX' }, 'currency: it must be a currency of ISO 4217'],
    [
      { admission: 5 },
      'admission: it must be an object with expectedShoppers, perSecond, difficulty and ticketSeconds, or some of them',
    ],
    [
      { admission: { perSecond: 0 } },
      'admission.perSecond: it must be an integer from 1 to 100000, in shoppers a second',
    ],
    [
      { admission: { expected: 9 } },
      'admission.expected: there is no such property; did you mean "expectedShoppers"?',
    ],
    [{ afterExpiry: 'maybe' }, 'afterExpiry: it must be "allow" or "refuse"'],
    [{ refunds: 'never' }, 'refunds: it must be "automatic" or "approval"'],
    [{ items: [] }, 'items: it must be a list of 1 to 100 items'],
    [
      { paymentWindow: 300 },
      'paymentWindow: there is no such property; did you mean "paymentWindowSeconds"?',
    ],
    [
      { 'a b': 1 },
      '["a b"]: there is no such property; there are id, title, opensAt, closesAt, timeZone, paymentWindowSeconds, currency, admission, access, draw, afterExpiry, refunds, items',
    ],
  ])('refuses %j', (changes, expected) => {
    expect(broken(changes)).toEqual([expected]);
  });

  test.each([
    [{ sku: 'a.b' }, 'sku: it must be 1 to 40 letters, digits or hyphens'],
    [{ name: '\ud800' }, 'name: it must not have half a surrogate pair'],
    [
      { price: 1.5 },
      'price: it must be an integer of 0 or more, in minor units (at most 1000000000000)',
    ],
    [{ price: 2 ** 53 }, 'price: it must lie within ±9007199254740991, where integers are exact'],
    [{ units: 0 }, 'units: it must be an integer from 1 to 10000000, or "unlimited"'],
    [{ units: 10_000_001 }, 'units: it must be an integer from 1 to 10000000, or "unlimited"'],
    [{ units: 'endless' }, 'units: it must be an integer from 1 to 10000000, or "unlimited"'],
    [{ limit: 0 }, 'limit: it must be an integer from 1 to 100'],
    [{ limit: 101 }, 'limit: it must be no more than the units, 100'],
    [{ units: 'unlimited', limit: 101 }, 'limit: it must be an integer from 1 to 100'],
    [{ image: '//elsewhere.example.com/a.png' }, 'image: it must be a path that begins with "/"'],
    [{ image: 'https://example.com/a.png' }, 'image: it must be a path that begins with "/"'],
    [
      { place: { name: 'x', latitude: 90.5, longitude: 0 } },
      'place.latitude: it must be a number from -90 to 90, in degrees',
    ],
    [
      { place: { name: 'x', latitude: 90 } },
      'place.longitude: it must be a number from -180 to 180, in degrees',
    ],
  ])('refuses an item with %j', (changes, expected) => {
    expect(brokenItem(changes)).toEqual([`items[0].${expected}`]);
  });

  test('takes 100 items, and refuses 101', () => {
    const items = (count: number) =>
      Array.from({ length: count }, (_, i) => anItem({ sku: `S-${i}` }));
    expect(broken({ items: items(100) })).toEqual([]);
    expect(broken({ items: items(101) })).toEqual(['items: it must be a list of 1 to 100 items']);
  });

  test('takes a limit as large as the units', () => {
    expect(brokenItem({ units: 2, limit: 2 })).toEqual([]);
  });

  test('refuses a limit above the one unit that there is', () => {
    expect(brokenItem({ units: 1, limit: 2 })).toHaveLength(1);
  });

  test.each(['null', '[]', '7', '"sale"'])('refuses %s for a file', (text) => {
    expect(mistakesIn(text)).toMatchObject([{ path: '', line: 1, column: 1 }]);
  });

  test('treats a key named __proto__ as any other', () => {
    const text = print(aSaleFile()).replace('{', '{ "__proto__": { "id": "b" },');
    expect(mistakesIn(text)).toMatchObject([{ path: '__proto__', value: { id: 'b' } }]);
  });

  test('reads every sale file of the repository', () => {
    const names = readdirSync('sales').filter((name) => name.endsWith('.json'));
    const read = names.map((name) => readSaleFile(readFileSync(`sales/${name}`, 'utf8'), name));
    expect(read.flatMap((one) => ('mistakes' in one ? one.mistakes.map(explain) : []))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['demo.json', 'restock.json', 'limit-two.json']));
  });
});

describe('printSaleFile()', () => {
  test('writes instants with the offset of the zone', () => {
    const read = readSaleFile(print(aSaleFile()), 'x');
    const text = 'sale' in read ? printSaleFile(read.sale) : '';
    expect(text).toContain('"opensAt": "2026-11-27T18:00:00+01:00"');
  });
});
