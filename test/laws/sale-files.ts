/** @module Laws of sale files: what is printed reads as the same, and what is wrong is named, with its place. */

import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { explain, printSaleFile, readSaleFile } from '../../adapters/sale-file.ts';
import { mistakesIn, print, sales } from '../support/sale-files.ts';
import { type Law, law, same } from './law.ts';
import { type Part, wrongParts } from './wrong-parts.ts';

type Json = { [name: string]: unknown };

/** A right file as somebody wrote it, to be spoilt. */
const files = sales.map((sale): Json => JSON.parse(printSaleFile(sale)));

/** Puts a value where a path leads, and makes what has to be on the way. */
function put(file: Json, path: Part['path'], value: unknown): Json {
  const spoilt = structuredClone(file);
  let here = spoilt as Record<string | number, unknown>;
  for (const [index, step] of path.slice(0, -1).entries()) {
    here[step] ??= typeof path[index + 1] === 'number' ? [] : {};
    here = here[step] as Record<string | number, unknown>;
  }
  here[path.at(-1) ?? ''] = value;
  return spoilt;
}

const nameOf = (path: Part['path']): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);

/** Objects of a sale file that may have no property but their own. */
const closedObjects = fc.constantFrom<Part['path']>([], ['admission'], ['items', 0]);

const required = fc.constantFrom<Part['path']>(
  ['id'],
  ['title'],
  ['opensAt'],
  ['closesAt'],
  ['currency'],
  ['items'],
  ['items', 0, 'sku'],
  ['items', 0, 'name'],
  ['items', 0, 'price'],
  ['items', 0, 'units'],
);

export const saleFileLaws: readonly Law[] = [
  law(
    'sale file: prints as what reads as the same sale',
    [sales],
    (sale) => {
      same(readSaleFile(printSaleFile(sale), 'x'), { sale });
    },
    0.25,
  ),

  law(
    'sale file: what reads prints as what reads the same',
    [
      files,
      fc.nat({ max: 9 }),
      fc.shuffledSubarray(['admission', 'afterExpiry', 'paymentWindowSeconds']),
    ],
    (file, indent, left) => {
      const text = JSON.stringify(
        Object.fromEntries(Object.entries(file).filter(([name]) => !left.includes(name))),
        null,
        indent,
      );
      const read = readSaleFile(text, 'x');
      ok('sale' in read);
      same(readSaleFile(printSaleFile(read.sale), 'x'), read);
    },
    0.25,
  ),

  law(
    'sale file: whatever is wrong is named, at its line and column',
    [files, wrongParts],
    (file, { path, value }) => {
      const spoilt = put(file, path, value);
      const text = print(spoilt);
      const mistakes = mistakesIn(text);
      deepEqual(
        mistakes.map((one) => one.path),
        [nameOf(path)],
        mistakes.map(explain).join('\n'),
      );
      const [{ line, column, value: named } = { line: 0, column: 0, value: undefined }] = mistakes;
      same(named, value);
      const there = text
        .split('\n')
        .slice(line - 1)
        .join('\n')
        .slice(column - 1);
      ok(there.startsWith(print(value).split('\n')[0] ?? ''), `line ${line}, column ${column}`);
    },
    0.25,
  ),

  law(
    'sale file: what is missing is named',
    [files, required],
    (file, path) => {
      const mistakes = mistakesIn(print(put(file, path, undefined)));
      deepEqual(
        mistakes.map((one) => one.path),
        [nameOf(path)],
      );
      ok(mistakes.map(explain)[0]?.includes(`${nameOf(path)} is missing: it must be`));
    },
    0.25,
  ),

  law(
    'sale file: a property that there is not is named',
    [
      files,
      closedObjects,
      fc.stringMatching(/^[a-z]{1,12}$/),
      fc.constantFrom<unknown>(1, 'x', null, [], {}),
    ],
    (file, path, name, value) => {
      if (
        [
          'id',
          'title',
          'currency',
          'items',
          'access',
          'draw',
          'difficulty',
          'sku',
          'name',
          'price',
          'units',
          'limit',
          'image',
          'place',
          'admission',
        ].includes(name)
      )
        return;
      const mistakes = mistakesIn(print(put(file, [...path, name], value)));
      ok(
        mistakes.some(
          (one) =>
            one.path === nameOf([...path, name]) &&
            one.rule.startsWith('there is no such property'),
        ),
      );
    },
    0.25,
  ),

  law(
    'sale file: a second SKU, a limit above the units, and a closing before the opening are named',
    [sales, fc.nat({ max: 99 })],
    (sale, more) => {
      const file: Json = JSON.parse(printSaleFile(sale));
      const [first] = sale.items;
      const twice = { ...file, items: [...sale.items, { ...first, limit: 1, units: 5 }] };
      deepEqual(
        mistakesIn(print(twice)).map(({ path }) => path),
        [`items[${sale.items.length}].sku`],
      );
      const few = put(
        put(file, ['items', 0, 'units'], 1 + (more % 99)),
        ['items', 0, 'limit'],
        2 + (more % 99),
      );
      deepEqual(
        mistakesIn(print(few)).map(({ path }) => path),
        ['items[0].limit'],
      );
      const early = printSaleFile({ ...sale, closesAt: sale.opensAt - more });
      deepEqual(
        mistakesIn(early).map(({ path }) => path),
        ['closesAt'],
      );
    },
    0.25,
  ),
];
