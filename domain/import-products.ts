/**
 * @module
 * An import of products: what is right is kept, what is wrong is reported row by row, and the same import again changes
 * nothing.
 */

import type { Store } from './ports.ts';
import { type Product, productKey } from './product.ts';
import { type PutProductOutcome, putProduct } from './put-product.ts';
import type { Attributes } from './write.ts';

/** Why a row is refused. */
export type RowFault = {
  /** The column or member in question; empty for the row as a whole. */
  readonly path: string;
  /** What stands there; undefined when nothing does. */
  readonly value: unknown;
  /** What must hold, as a sentence without its full stop. */
  readonly rule: string;
};

/** A row as a file has it. */
export type ProductRow = {
  /** From 1, where the row begins. */
  readonly line: number;
} & (
  | { readonly product: Product }
  | {
      readonly faults: readonly RowFault[];
      /** What stands there as SKU, if anything does. */
      readonly sku?: string;
    }
);

/** What became of a row. */
export type RowFate = {
  readonly line: number;
  readonly sku?: string;
  readonly fate: 'added' | 'changed' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly faults?: readonly RowFault[];
};

export type ImportReport = {
  readonly kind: 'imported';
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Each row, in the order of the file. */
  readonly rows: readonly RowFate[];
};

/** Rows read at once. */
const BATCH = 100;

/** Of those, written at once. */
const AT_ONCE = 16;

/**
 * Takes products into the catalogue, each by one write of its own: after a crash the import is repeated, and finds what is
 * done unchanged. Of two rows with one SKU the first counts.
 *
 * @param tell is told how many rows are done
 */
export async function importProducts(
  store: Store,
  rows: readonly ProductRow[],
  tell: (done: number) => void = () => {},
): Promise<ImportReport> {
  const unique = refuseTwins(rows);
  const fates: RowFate[] = [];
  for (let from = 0; from < unique.length; from += BATCH) {
    const batch = unique.slice(from, from + BATCH);
    const done = await importBatch(store, batch);
    fates.push(...done);
    tell(fates.length);
  }
  const count = (fate: RowFate['fate']) => fates.filter((row) => row.fate === fate).length;
  const counts = { added: count('added'), changed: count('changed') };
  return {
    ...{ kind: 'imported', ...counts, unchanged: count('unchanged'), refused: count('refused') },
    rows: fates,
  };
}

function refuseTwins(rows: readonly ProductRow[]): readonly ProductRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    if (!('product' in row)) return row;
    const { sku } = row.product;
    const line = first.get(sku);
    if (line === undefined) {
      first.set(sku, row.line);
      return row;
    }
    const rule = `it must be unique in the file: line ${line} has it too`;
    return { line: row.line, sku, faults: [{ path: 'sku', value: sku, rule }] };
  });
}

async function importBatch(store: Store, rows: readonly ProductRow[]): Promise<RowFate[]> {
  const products = rows.flatMap((row) => ('product' in row ? [row.product] : []));
  const found = await store.read(products.map(({ sku }) => productKey(sku)));
  const seen = new Map(products.map(({ sku }, index) => [sku, found[index]]));
  const fates: RowFate[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    fates.push(...(await Promise.all(some.map((row) => importRow(store, row, seen)))));
  }
  return fates;
}

async function importRow(
  store: Store,
  row: ProductRow,
  seen: ReadonlyMap<string, Attributes | undefined>,
): Promise<RowFate> {
  if (!('product' in row)) return { ...row, fate: 'refused' };
  const { line, product } = row;
  return fateOf(line, product, await putProduct(store, product, { item: seen.get(product.sku) }));
}

function fateOf(line: number, { sku, total }: Product, outcome: PutProductOutcome): RowFate {
  const refused = (rule: string): RowFate => ({
    ...{ line, sku, fate: 'refused', faults: [{ path: 'total', value: total, rule }] },
  });
  if (outcome.kind === 'too-few') {
    return refused(`it must be no less than the ${outcome.allocated} units that sales have taken`);
  }
  if (outcome.kind === 'other-kind') {
    return refused(
      outcome.total === 'unlimited'
        ? 'it must stay "unlimited": sales may have taken any number of units'
        : `it must stay a number, as it is ${outcome.total} now`,
    );
  }
  return { line, sku, fate: outcome.kind };
}
