/** @module A file of products, CSV or JSON: each row of it is a product, or says what is wrong with it. */

import type { ProductRow, RowFate, RowFault } from '../domain/import-products.ts';
import { readProductCsv } from './product-csv.ts';
import { readProductJson } from './product-json.ts';

/** Ten times the largest number of rows, each with every column filled, would be more than a function has time for. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Rows of a file; 16 writes at once of 10 ms each take 50,000 in half a minute. */
export const MOST_ROWS = 50_000;

/**
 * Reads a file; never throws. What concerns the file as a whole is one row that says so, and nothing else is taken.
 *
 * @param name decides by its ending, `.csv` or `.json`; another file is JSON where it begins like that
 */
export function readProducts(bytes: Uint8Array, name: string): readonly ProductRow[] {
  if (bytes.length > MOST_BYTES) return [tooLarge(bytes.length)];
  const text = decode(bytes);
  if (text === undefined) return [wrong(undefined, 'the file must be UTF-8')];
  const rows = isJson(name, text) ? readProductJson(text) : readProductCsv(text);
  if (rows.length <= MOST_ROWS) return rows;
  return [wrong(rows.length, `the file must have at most ${MOST_ROWS} rows: cut it in two`)];
}

/** A file that is not even read. @param size bytes */
export const tooLarge = (size: number): ProductRow =>
  wrong(size, `the file must have at most ${MOST_BYTES} bytes: cut it in two`);

const wrong = (value: unknown, rule: string): ProductRow => ({
  line: 1,
  faults: [{ path: '', value, rule }],
});

/** Without the byte order mark that spreadsheets write. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(name: string, text: string): boolean {
  if (/\.json$/i.test(name)) return true;
  return !/\.csv$/i.test(name) && /^\s*[[{]/.test(text);
}

/** Says why a row is refused, a line each, such as `products.csv:4 "LAMP" price is "9.99": it must be …`. */
export const explainRow = (file: string, { line, sku, faults = [] }: RowFate): string =>
  faults
    .map((fault) => `${file}:${line} ${sku === undefined ? '' : `"${sku}" `}${faultText(fault)}`)
    .join('\n');

function faultText({ path, value, rule }: RowFault): string {
  if (path === '' && value === undefined) return `the row cannot be read: ${rule}`;
  return `${path || 'the row'} is ${value === undefined ? 'missing' : brief(value)}: ${rule}`;
}

/** A value in as few characters as tell it from others. */
function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_BRIEF ? text : `${text.slice(0, MAX_BRIEF)}…`;
}

const MAX_BRIEF = 60;
