import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { reportKeyOf } from '../../adapters/import-bucket.ts';
import { explainRow, MOST_BYTES, MOST_ROWS, readProducts } from '../../adapters/product-file.ts';
import schema from '../../docs/product.schema.json' with { type: 'json' };

const HEADER = 'sku,name,price,currency,total';

const read = (text: string | Uint8Array, name = 'x.csv') =>
  readProducts(typeof text === 'string' ? Buffer.from(text) : text, name);

/** Products by their line, and what is wrong, as it is told. */
const told = (text: string | Uint8Array, name = 'x.csv') =>
  read(text, name).map((row) =>
    'product' in row
      ? `${row.line} ${row.product.sku}`
      : explainRow(name, { ...row, fate: 'refused' }),
  );

describe('readProducts() of CSV', () => {
  test('reads every column of a row', () => {
    const text = readFileSync('sales/products.csv');
    expect(read(text, 'sales/products.csv')).toEqual([
      { line: 2, product: expect.objectContaining({ sku: 'AURORA-42', total: 250 }) },
      { line: 3, product: expect.objectContaining({ sku: 'AURORA-43' }) },
      {
        line: 4,
        product: {
          ...{ sku: 'AURORA-LACES', name: 'Aurora laces, one pair', price: 600, currency: 'EUR' },
          total: 2000,
          place: { name: 'Hamburg Altona', latitude: 53.55, longitude: 9.9333 },
          provider: { name: 'Northlight Footwear', reference: 'NL-90' },
        },
      },
      {
        line: 5,
        product: {
          ...{ sku: 'LOOKBOOK', name: 'Lookbook, a download', price: 0, currency: 'EUR' },
          total: 'unlimited',
        },
      },
    ]);
  });

  test('reads what spreadsheets write: a byte order mark, semicolons, CR LF, quotes, empty lines', () => {
    const lines = [
      '\ufeffSKU;Name;price;currency;total',
      'a;"say ""x"";";1;EUR;1',
      '',
      'b;b;1;EUR;1',
    ];
    const rows = read(`${lines.join('\r\n')}\r\n`);
    expect(rows).toMatchObject([
      { line: 2, product: { sku: 'a', name: 'say "x";' } },
      { line: 4, product: { sku: 'b' } },
    ]);
  });

  test('counts lines within quotes', () => {
    expect(told(`${HEADER}\r\na,"two\r\nlines",1,EUR,1\r\nb,b,x,EUR,1\r\n`)).toEqual([
      '2 a',
      expect.stringMatching(/^x\.csv:4 "b" price is "x": it must be an integer/),
    ]);
  });

  test('says what is wrong with a row, column by column, and keeps the others', () => {
    const header = `${HEADER},place,latitude,longitude,provider,reference`;
    const rows = [
      'ok,ok,1,EUR,1,,,,,',
      'a b,,1.5,EUX,-1,Kyoto,91,,North,',
      'c,c,1,EUR',
      `${'d'.repeat(41)},d,1,eur,many,,,,,`,
    ];
    const wrong = told([header, ...rows].join('\n'));
    expect(wrong[0]).toBe('2 ok');
    expect(
      wrong[1]
        ?.split('\n')
        .map((line) => line.replace(/:[^:]*$/, ''))
        .sort(),
    ).toEqual([
      'x.csv:3 "a b" currency is "EUX"',
      'x.csv:3 "a b" latitude is 91',
      'x.csv:3 "a b" longitude is missing',
      'x.csv:3 "a b" name is missing',
      'x.csv:3 "a b" price is 1.5: it must be an integer of 0 or more, in minor units',
      'x.csv:3 "a b" reference is missing',
      'x.csv:3 "a b" sku is "a b"',
      'x.csv:3 "a b" total is -1',
    ]);
    expect(wrong[2]).toBe('x.csv:4 the row is 4: it must have as many fields as the header, 10');
    expect(wrong[3]).toContain('currency is "eur": it must be an ISO 4217 code in upper case');
    expect(wrong[3]).toContain('total is "many": it must be an integer from 0 to 10000000');
  });

  test('goes on after a row whose quotes are wrong', () => {
    expect(told(`${HEADER}\na,x"y,1,EUR,1\nb,b,1,EUR,1\n`)).toEqual([
      'x.csv:2 the row cannot be read: a double quote must open its field, or be doubled inside of quotes',
      '3 b',
    ]);
    expect(told(`${HEADER}\nb,b,1,EUR,1\na,"x,1,EUR,1\n`)).toEqual([
      '2 b',
      expect.stringContaining('a double quote that opens must be closed'),
    ]);
  });

  test.each([
    [
      'a column that is not known',
      `${HEADER},colour\n`,
      'the row is "colour": there is no such column',
    ],
    ['a column twice', `${HEADER},sku\n`, 'the row is "sku": the column stands twice'],
    ['a column too few', 'sku,name,price,currency\na,a,1,EUR', 'total is missing: the header must'],
    ['nothing', '', 'sku is missing: the header must have this column'],
  ])('reads nothing of a file with a header that has %s', (_, text, why) => {
    const rows = told(text);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(`x.csv:1 ${why}`);
  });
});

describe('readProducts() of JSON', () => {
  test('reads what the schema shows, each with the line on which it begins', () => {
    const [example] = schema.examples;
    const text = `[\n  ${JSON.stringify(example)},\n  {\n    "sku": "b"\n  }\n]`;
    expect(read(text, 'x.json')[0]).toEqual({ line: 2, product: example });
    expect(told(text, 'x.json')[1]).toContain('x.json:3 "b" name is missing: it must be a text');
  });

  test('knows JSON by its beginning, where the name does not say it', () => {
    expect(read(' [{"sku":"a"}]', 'products')).toMatchObject([{ line: 1, sku: 'a' }]);
    expect(told('[]', 'x.csv')[0]).toContain('there is no such column');
  });

  test.each([
    ['{"sku":"a"}', 'x.json:1 the row is {"sku":"a"}: the file must be a list of products'],
    ['[\n{"sku":"a"}', 'x.json:2 the row is "": a closing bracket is wanted here'],
    ['[\n{"sku":"a","sku":"b"}]', 'x.json:2 the row is "b": the key stands twice in its object'],
    ['[{"sku":"a","n\\ud800":1}]', 'there is no such property'],
    ['[{"sku":"a","name":"\\ud800"}]', 'name is "�": it must not have half a surrogate pair'],
    ['[7]', 'x.json:1 the row is 7: it must be an object with sku, name'],
  ])('says what is wrong with %s', (text, why) => {
    expect(told(text, 'x.json').join('\n')).toContain(why);
  });
});

describe('readProducts()', () => {
  test('reads no file that is not UTF-8', () => {
    const latin = Buffer.from(`${HEADER}\na,Bücher,1,EUR,1\n`, 'latin1');
    expect(told(latin)).toEqual(['x.csv:1 the row cannot be read: the file must be UTF-8']);
  });

  test('reads the most rows that a file may have, and not one more', () => {
    const rows = (count: number) =>
      `${HEADER}\n${Array.from({ length: count }, (_, index) => `p${index},a,1,EUR,1`).join('\n')}`;
    expect(read(rows(MOST_ROWS))).toHaveLength(MOST_ROWS);
    expect(told(rows(MOST_ROWS + 1))).toEqual([
      'x.csv:1 the row is 50001: the file must have at most 50000 rows: cut it in two',
    ]);
  });

  test('reads the largest file, and none that is larger by a byte', () => {
    const text = Buffer.alloc(MOST_BYTES, 'x');
    text.write(`${HEADER}\na,`);
    expect(told(text)).toEqual([expect.stringContaining('it must have as many fields')]);
    expect(told(Buffer.concat([text, Buffer.from(' ')]))).toEqual([
      expect.stringContaining(`is ${MOST_BYTES + 1}: the file must have at most`),
    ]);
  });
});

describe('reportKeyOf()', () => {
  test('is never below what is imported', () => {
    expect(reportKeyOf('incoming/north/a.csv')).toBe('reports/north/a.csv.json');
    expect(reportKeyOf('incoming/incoming/a.csv')).toBe('reports/incoming/a.csv.json');
  });
});
