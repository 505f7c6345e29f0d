/** @module Products in a JSON file: a list of objects as `docs/product.schema.json` describes. */

import type { ProductRow } from '../domain/import-products.ts';
import { rowOf } from './product-schema.ts';
import { type Document, placeOf, plainOf, readJson } from './sale-file-json.ts';

/** Reads a list; never throws. A text that is no JSON, or no list, gives one row, which says so. */
export function readProductJson(text: string): readonly ProductRow[] {
  const document = readJson(text);
  const list = document.members.get('');
  const broken = brokenAt(text, document);
  if (broken) return [broken];
  if (list?.node.type !== 'array') {
    const value = document.value;
    return [
      { line: 1, faults: [{ path: '', value, rule: 'the file must be a list of products' }] },
    ];
  }
  const lineAt = lineCounter(text);
  return (list.node.children ?? []).map((node) => rowOf(lineAt(node.offset), plainOf(node)));
}

/** Counts lines up to offsets that only grow, so that a long file is gone through once. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    line += placeOf(text.slice(counted, offset), offset - counted).line - 1;
    counted = offset;
    return line;
  };
}

/** Nothing of a file is taken that may not say what it seems to. */
function brokenAt(text: string, { findings }: Document): ProductRow | undefined {
  const [first] = findings;
  if (first === undefined) return undefined;
  const { line } = placeOf(text, first.offset);
  return { line, faults: [{ path: '', value: first.value, rule: first.rule }] };
}
