/** @module Products from the operators' page: listed, put one by one, imported by rows. */

import { readProducts } from '../../adapters/product-file.ts';
import { productFrom } from '../../adapters/product-schema.ts';
import { importProducts, type RowFault } from '../../domain/import-products.ts';
import { freeOf, type StockedProduct } from '../../domain/product.ts';
import { putProduct } from '../../domain/put-product.ts';
import type { Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { type Asked, at, change, conflict, ok, type Route } from './route.ts';

/** Rows whose fate is told one by one; the counts are of all. */
const MOST_ROWS = 500;

export const PRODUCT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/products', run: list },
  { method: 'PUT', path: '/products/{sku}', takes: 'json', run: put },
  { method: 'POST', path: '/products/import', takes: 'rows', run: importRows },
];

async function list({ deployed }: Asked) {
  return ok({ products: (await deployed.catalogue.products()).map(shown) });
}

const shown = (product: StockedProduct) => {
  const { granted, planned, sold, ...rest } = product;
  const free = freeOf(product);
  // JSON has no infinity.
  return { ...rest, free: Number.isFinite(free) ? free : 'unlimited' };
};

async function put(asked: Asked): Promise<Reply | Problem> {
  const sku = at(asked, 'sku');
  const given = typeof asked.body === 'object' && asked.body !== null ? asked.body : {};
  const read = productFrom({ ...given, sku });
  if ('faults' in read) return invalid(read.faults);
  const { product } = read;
  const detail = { sku, price: product.price, currency: product.currency, total: product.total };
  const outcome = await change(asked, { what: 'product', detail }, () =>
    putProduct(asked.deployed.store, product),
  );
  switch (outcome.kind) {
    case 'too-few':
      return conflict('too-few', `Sales have taken ${outcome.allocated} units of it already`);
    case 'other-kind':
      return conflict('other-kind', `Its total is ${outcome.total}, and stays of that kind`);
    default:
      return ok({ kind: outcome.kind, product });
  }
}

/** What is wrong, a fault for each place, as a form shows it beside its fields. */
const invalid = (faults: readonly RowFault[]): Problem =>
  problem('invalid', 'Something in it is not as it must be', {
    mistakes: faults.map(({ path, rule }) => ({ path, rule })),
  });

async function importRows(asked: Asked): Promise<Reply> {
  const name = asked.type === 'text/csv' ? 'rows.csv' : 'rows.json';
  const rows = readProducts(Buffer.from(String(asked.body)), name);
  const act = { what: 'import', detail: { rows: rows.length } };
  const report = await change(asked, act, () => importProducts(asked.deployed.store, rows));
  // What is wrong first: it is what somebody has to look at.
  const told = [
    ...report.rows.filter(({ fate }) => fate === 'refused'),
    ...report.rows.filter(({ fate }) => fate !== 'refused'),
  ].slice(0, MOST_ROWS);
  return ok({ ...report, rows: told.map(rowShown) });
}

const rowShown = ({
  faults,
  ...row
}: Awaited<ReturnType<typeof importProducts>>['rows'][number]) => ({
  ...row,
  ...(faults && { faults: faults.map(({ path, rule }) => ({ path, rule })) }),
});
