/** @module Products in a CSV file (RFC 4180): a header of known columns, then a product a row. */

import { type CsvError, parse } from 'csv-parse/sync';
import type { ProductRow, RowFault } from '../domain/import-products.ts';
import { rowOf as productRow } from './product-schema.ts';

/** Where each column stands in a product, and which columns are numbers. */
const COLUMNS: Readonly<Record<string, string>> = {
  sku: 'sku',
  name: 'name',
  price: 'price',
  currency: 'currency',
  total: 'total',
  image: 'image',
  place: 'place.name',
  latitude: 'place.latitude',
  longitude: 'place.longitude',
  provider: 'provider.name',
  reference: 'provider.reference',
};

const NEEDED = ['sku', 'name', 'price', 'currency', 'total'];

const NUMBERS = new Set(['price', 'total', 'latitude', 'longitude']);

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** Reads rows; never throws. What cannot be read as CSV is a row that says so; after a wrong header nothing is read. */
export function readProductCsv(text: string): readonly ProductRow[] {
  const rows: ProductRow[] = [];
  // The parser counts CR and LF within quotes as two lines.
  const lines = text.replace(/\r\n?/g, '\n');
  const [header, ...others] = parse(lines, {
    bom: true,
    delimiter: delimiterOf(lines),
    info: true,
    trim: true,
    // Each row says for itself how many fields it has.
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void rows.push(unreadable(error)),
  }) as unknown as Parsed[];
  const columns = (header?.record ?? []).map((name) => name.toLowerCase());
  const faults = headerFaults(columns);
  if (faults.length > 0) return [{ line: header?.info.lines ?? 1, faults }];
  rows.push(...others.map((row) => rowOf(row, columns)));
  return rows.sort((a, b) => a.line - b.line);
}

/** Spreadsheets of many countries write semicolons. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  return header.includes(';') && !header.includes(',') ? ';' : ',';
}

const unreadable = (error: CsvError | undefined): ProductRow => ({
  line: Number(error?.['lines'] ?? 1),
  faults: [{ path: '', value: undefined, rule: CSV_RULES[error?.code ?? ''] ?? NO_CSV }],
});

const NO_CSV = 'it must be CSV (RFC 4180)';

const CSV_RULES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a double quote that opens must be closed',
  CSV_INVALID_CLOSING_QUOTE: 'after the quote that closes a field, the field must end',
  INVALID_OPENING_QUOTE: 'a double quote must open its field, or be doubled inside of quotes',
};

function headerFaults(columns: readonly string[]): RowFault[] {
  const names = Object.keys(COLUMNS).join(', ');
  const unknown = columns.filter((name) => !Object.hasOwn(COLUMNS, name));
  const twice = columns.filter((name, index) => columns.indexOf(name) < index);
  const missing = NEEDED.filter((name) => !columns.includes(name));
  const fault = (path: string, value: unknown, rule: string) => ({ path, value, rule });
  return [
    ...unknown.map((name) => fault('', name, `there is no such column; there are ${names}`)),
    ...twice.map((name) => fault('', name, 'the column stands twice in the header')),
    ...missing.map((name) => fault(name, undefined, 'the header must have this column')),
  ];
}

function rowOf({ record, info }: Parsed, columns: readonly string[]): ProductRow {
  // A row ends where the parser stands; fields in quotes may have lines of their own.
  const line = info.lines - record.join('').split('\n').length + 1;
  if (record.length !== columns.length) {
    const rule = `it must have as many fields as the header, ${columns.length}`;
    return { line, faults: [{ path: '', value: record.length, rule }] };
  }
  const row = productRow(line, productOf(record, columns));
  if ('product' in row) return row;
  return { ...row, faults: row.faults.map((one) => ({ ...one, path: columnOf(one.path) })) };
}

/** The object that the fields stand for; an empty field says nothing. */
function productOf(record: readonly string[], columns: readonly string[]): object {
  const product: Record<string, unknown> = {};
  for (const [index, text] of record.entries()) {
    const column = columns[index] ?? '';
    if (text === '') continue;
    const [name = '', part] = (COLUMNS[column] ?? '').split('.');
    const value = NUMBERS.has(column) ? numberIn(text) : text;
    product[name] = part === undefined ? value : { ...(product[name] ?? {}), [part]: value };
  }
  return product;
}

/** A number as JSON writes it, or the text, for a rule to complain of. */
const numberIn = (text: string): number | string =>
  /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;

const columnOf = (path: string): string =>
  Object.entries(COLUMNS).find(([, at]) => at === path)?.[0] ?? path;
