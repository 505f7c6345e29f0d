/** @module A sale file, or everything that is wrong with it. */

import { readFileSync } from 'node:fs';
import { explain, readSaleFile } from '../adapters/sale-file.ts';
import type { Sale } from '../domain/sale.ts';

/** Reads a sale file. @throws {Error} that lists every mistake, a line each */
export function readSale(path: string): Sale {
  const read = readSaleFile(contentOf(path), path);
  if ('sale' in read) return read.sale;
  throw new Error(read.mistakes.map(explain).join('\n'));
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`Cannot read sale file "${path}": ${(cause as Error).message}`, { cause });
  }
}
