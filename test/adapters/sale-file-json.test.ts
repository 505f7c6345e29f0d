import { describe, expect, test } from '@jest/globals';
import { explain } from '../../adapters/sale-file.ts';
import { aSaleFile, mistakesIn, print } from '../support/sale-files.ts';

describe('readSaleFile() of texts that are not JSON', () => {
  const where = (text: string) =>
    mistakesIn(text).map(({ line, column, rule }) => `${line}:${column} ${rule}`);

  test.each([
    ['', '1:1 a value is wanted here'],
    ['{\n  "id": 01\n}', '2:10 a comma is wanted before this'],
    ["{\n  'id': 1\n}", '2:3 a JSON value is wanted here, and texts stand in double quotes'],
    ['{\n  "id": "x\n}', '2:9 the closing double quote is missing'],
    ['{\n  "id": "\\x"\n}', '2:9 JSON has no such escape'],
    ['{\n  "id": "\t"\n}', '2:9 control characters must be escaped'],
    ['{\n  "id" 1\n}', '2:8 a colon is wanted here'],
    ['{\n  "id": \n}', '3:1 a value is wanted here'],
    ['{\n  "id": 1.\n}', '2:9 the number breaks off'],
  ])('points into %j', (text, first) => {
    expect(where(text)[0]).toBe(first);
  });

  test('says that a brace is missing at the end', () => {
    const [mistake] = mistakesIn('{"id": "x"').map(explain);
    expect(mistake).toBe(
      'sales/x.json:1:11 id is not JSON at its end: a closing brace is wanted here',
    );
  });

  test('says nothing of what the broken line may have held', () => {
    const text = print(aSaleFile()).replace('"currency": "EUR"', '"currency": EUR');
    expect(mistakesIn(text)).toHaveLength(1);
  });

  test('reports a key that stands twice, at its second place', () => {
    const text = print(aSaleFile()).replace('{', '{\n  "title": "First",');
    expect(mistakesIn(text).map(explain)).toEqual([
      'sales/x.json:4:3 title is "Sneaker drop": the key stands twice in its object',
    ]);
  });

  test('refuses what is nested deeper than any sale', () => {
    expect(mistakesIn('['.repeat(100_000))).toMatchObject([{ line: 1, column: 101 }]);
  });
});
