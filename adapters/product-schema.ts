/** @module What must hold of a product, from whatever file or form it comes. */

import schema from '../docs/product.schema.json' with { type: 'json' };
import type { ProductRow, RowFault } from '../domain/import-products.ts';
import type { Product } from '../domain/product.ts';
import { judgeOf } from './json-schema.ts';
import { type Path, pathText } from './sale-file-json.ts';

const judge = judgeOf(schema);

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Holds a value to the rules of products. */
export function productFrom(
  value: unknown,
): { readonly product: Product } | { readonly faults: readonly RowFault[] } {
  const faults = [...faultsOf(value), ...currencyFaults(value), ...halfTexts(value, [])];
  return faults.length === 0 ? { product: value as Product } : { faults: firstOfEach(faults) };
}

/** A row of a file. */
export function rowOf(line: number, value: unknown): ProductRow {
  const sku = valueAt(value, ['sku']);
  const read = productFrom(value);
  if ('product' in read) return { line, ...read };
  return { line, ...(typeof sku === 'string' && { sku }), ...read };
}

const faultsOf = (value: unknown): RowFault[] =>
  judge(value).map(({ path, rule }) => ({
    path: pathText(path),
    value: valueAt(value, path),
    rule,
  }));

function currencyFaults(value: unknown): RowFault[] {
  const code = valueAt(value, ['currency']);
  if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code) || CURRENCIES.has(code)) return [];
  return [{ path: 'currency', value: code, rule: 'it must be a currency of ISO 4217' }];
}

/** A table stores texts as UTF-8, which has no half of a surrogate pair. */
function halfTexts(value: unknown, path: Path): RowFault[] {
  if (typeof value === 'string' && !value.isWellFormed()) {
    const rule = 'it must not have half a surrogate pair';
    return [{ path: pathText(path), value: value.toWellFormed(), rule }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => halfTexts(part, [...path, name]));
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, step)
        ? (part as Readonly<Record<string, unknown>>)[step]
        : undefined,
    value,
  );

const firstOfEach = (faults: readonly RowFault[]): RowFault[] =>
  faults.filter(({ path }, index) => faults.findIndex((one) => one.path === path) === index);
