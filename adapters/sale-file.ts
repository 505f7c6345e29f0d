/**
 * @module
 * The sale file: strict JSON that `docs/sale.schema.json` describes. Reading it gives a sale, or every mistake in it at
 * once, each with its place, its value and the rule that it breaks.
 */

import { asPlanned, type PlannedSale } from '../domain/planned-sale.ts';
import type { Access, Draw, Sale } from '../domain/sale.ts';
import type { Breach } from './json-schema.ts';
import {
  type Document,
  type Finding,
  pathText,
  placeOf,
  plainOf,
  readJson,
} from './sale-file-json.ts';
import { ruleBreaches } from './sale-file-rules.ts';
import { breachesOf } from './sale-file-schema.ts';
import { instantOf, printInstant } from './sale-file-time.ts';

/** One mistake in a sale file. */
export type Mistake = {
  /** The name that the file was read by. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units as editors count them. */
  readonly column: number;
  /** Such as `items[0].price`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there; undefined when nothing does. Where the text is not JSON, that piece of the text. */
  readonly value: unknown;
  /** What must hold, as a sentence without its full stop. */
  readonly rule: string;
  /** The text is not JSON there. */
  readonly isSyntax?: true;
};

/** What a sale file may leave out is filled in by the schema's defaults. */
type SaleFile = {
  readonly id: string;
  readonly title: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly timeZone: string;
  readonly paymentWindowSeconds: number;
  readonly currency: string;
  readonly admission: Sale['admission'];
  readonly access?: Access;
  readonly draw?: Draw;
  readonly afterExpiry: Sale['afterExpiry'];
  readonly refunds?: 'automatic' | 'approval';
  readonly items: PlannedSale['items'];
};

/**
 * Reads a sale file, with its defaults filled in.
 *
 * @param name What the mistakes call the file.
 */
export function readSaleFile(
  text: string,
  name: string,
): { readonly sale: PlannedSale } | { readonly mistakes: readonly Mistake[] } {
  // Editors that write a byte order mark do not show it: it counts as no column.
  const json = text.replace(/^\uFEFF/, '');
  const document = readJson(json);
  const filled = structuredClone(document.value);
  const findings = [...document.findings, ...findingsOf(json, document, filled)];
  if (findings.length === 0) return { sale: saleOf(filled as SaleFile) };
  const mistakes = findings
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, path, value, rule, isSyntax }) => ({
      ...{ file: name, ...placeOf(json, offset), path: pathText(path), value, rule },
      ...(isSyntax && { isSyntax }),
    }));
  return { mistakes };
}

/** Says a mistake in one line, such as `sales/x.json:12:14 items[0].price is -5: it must be …`. */
export function explain({ file, line, column, path, value, rule, isSyntax }: Mistake): string {
  const place = `${file}:${line}:${column}`;
  const what = path || 'the file';
  if (isSyntax)
    return `${place} ${what} is not JSON at ${value === '' ? 'its end' : brief(value)}: ${rule}`;
  return `${place} ${what} is ${value === undefined ? 'missing' : brief(value)}: ${rule}`;
}

/** Writes a sale as a sale file: reading it again gives the same sale. What is made of a product names it. */
export function printSaleFile(sale: PlannedSale): string {
  const { id, title, opensAt, closesAt, timeZone, paymentWindow, currency } = sale;
  const { admission, access, draw, afterExpiry, refunds, items } = asPlanned(sale);
  const file: SaleFile = {
    ...{ id, title, opensAt: printInstant(opensAt, timeZone) },
    ...{ closesAt: printInstant(closesAt, timeZone), timeZone },
    ...{ paymentWindowSeconds: paymentWindow, currency, admission },
    ...{ ...(access && { access }), ...(draw && { draw }), afterExpiry },
    ...{ ...(refunds && { refunds }), items },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** What rules and schema find, one finding a value: the rules know better what is wrong with it. */
function findingsOf(text: string, document: Document, filled: unknown): Finding[] {
  if (document.value === undefined) return [];
  const first = new Map<string, Breach>();
  for (const breach of [...ruleBreaches(document), ...breachesOf(filled)]) {
    const key = pathText(breach.path);
    if (!first.has(key)) first.set(key, breach);
  }
  const findings = [...first.values()].map((breach) => findingOf(document, breach));
  const lineOf = ({ offset }: Finding) => placeOf(text, offset).line;
  const derailed = new Set(document.findings.filter(({ derails }) => derails).map(lineOf));
  // Where the text is no JSON, what seems wrong or missing may be neither.
  return derailed.size === 0
    ? findings
    : findings.filter((one) => one.value !== undefined && !derailed.has(lineOf(one)));
}

/** Where a breach is in the file. What is missing is missing from the object around it. */
function findingOf({ members }: Document, { path, rule, isUnknown }: Breach): Finding {
  const member = members.get(pathText(path));
  if (member === undefined) {
    const around = members.get(pathText(path.slice(0, -1)));
    return { path, rule, offset: around?.node.offset ?? 0, value: undefined };
  }
  const start = (isUnknown && member.key) || member.node;
  return { path, rule, offset: start.offset, value: plainOf(member.node) };
}

const saleOf = (file: SaleFile): PlannedSale => ({
  id: file.id,
  title: file.title,
  opensAt: instantOf(file.opensAt),
  closesAt: instantOf(file.closesAt),
  timeZone: file.timeZone,
  paymentWindow: file.paymentWindowSeconds,
  currency: file.currency,
  admission: file.admission,
  ...(file.access && { access: file.access }),
  ...(file.draw && { draw: file.draw }),
  afterExpiry: file.afterExpiry,
  // At once is what is not said: a sale that was published before there was a choice is the same sale.
  ...(file.refunds === 'approval' && { refunds: file.refunds }),
  items: file.items,
});

/** A value in as few characters as tell it from others. */
function brief(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= MAX_BRIEF ? text : `${text.slice(0, MAX_BRIEF)}…`;
}

const MAX_BRIEF = 60;
