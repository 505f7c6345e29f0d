/** @module A sale file, or everything that is wrong with it. */

import { readFileSync } from 'node:fs';
import { explain, readSaleFile } from '../adapters/sale-file.ts';
import { isOfProduct, type PlannedSale, wholeSale } from '../domain/planned-sale.ts';
import type { Sale } from '../domain/sale.ts';

/** Reads a sale file. @throws {Error} that lists every mistake, a line each */
export function readPlanned(path: string): PlannedSale {
  const read = readSaleFile(contentOf(path), path);
  if ('sale' in read) return read.sale;
  throw new Error(read.mistakes.map(explain).join('\n'));
}

/** Reads a sale file that needs no catalogue. @throws {Error} as {@link readPlanned}, or naming the product it is made of */
export function readSale(path: string): Sale {
  const planned = readPlanned(path);
  const sale = wholeSale(planned);
  if (sale) return sale;
  const skus = planned.items.filter(isOfProduct).map(({ product }) => `"${product}"`);
  throw new Error(
    `Cannot use sale file "${path}" here: name and price of product ${skus.join(', ')} are in the catalogue of a deployment; import the products and publish it there`,
  );
}

/** @throws {Error} naming the file, and why it cannot be read */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`Cannot read sale file "${path}": ${(cause as Error).message}`, { cause });
  }
}
