/** @module What a JSON schema says of a value, in plain sentences. They stand in the schema, as `errorMessage`. */

import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Path } from './sale-file-json.ts';

/** A rule that a value breaks, or that the lack of one does. */
export type Breach = {
  readonly path: Path;
  readonly rule: string;
  /** Its key is wrong, not its value. */
  readonly isUnknown?: true;
};

/** What one level of the schema offers for sentences. */
type Level = {
  readonly errorMessage?: string;
  readonly properties?: Readonly<Record<string, Level>>;
};

const ajv = new Ajv2020({ allErrors: true, verbose: true, useDefaults: true });
ajv.addVocabulary(['errorMessage']);

/** Makes a judge of a schema: it holds values to it, and writes the schema's defaults into them. */
export function judgeOf(schema: object): (value: unknown) => Breach[] {
  const validate = ajv.compile(schema);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).flatMap((error) => breachOf(error) ?? []);
  };
}

/** Errors of alternatives have no sentence: the alternative as a whole has. */
function breachOf(error: ErrorObject): Breach | undefined {
  const path = pathOf(error.instancePath);
  const level = error.parentSchema as Level;
  const known = level.properties ?? {};
  const { additionalProperty: unknown, missingProperty: missing } = error.params;
  if (typeof unknown === 'string') {
    const rule = unknownRule(unknown, Object.keys(known));
    return { path: [...path, unknown], rule, isUnknown: true };
  }
  if (typeof missing === 'string') {
    return { path: [...path, missing], rule: known[missing]?.errorMessage ?? 'it must be there' };
  }
  return level.errorMessage === undefined ? undefined : { path, rule: level.errorMessage };
}

/** Only arrays have members that are named by digits: the schema names no such property. */
const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function unknownRule(name: string, known: readonly string[]): string {
  const [near] = known
    .map((other) => ({ other, far: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, far }) => far <= Math.max(1, Math.floor(other.length / 3)))
    .sort((a, b) => a.far - b.far);
  const names = known.filter((other) => other !== '$schema').join(', ');
  return `there is no such property; ${near ? `did you mean "${near.other}"?` : `there are ${names}`}`;
}

/** How many letters to insert, delete or replace turn one word into the other (Levenshtein); 1 for a beginning. */
function distance(a: string, b: string): number {
  if (b.startsWith(a) && a.length >= MIN_BEGINNING) return 1;
  // A word far longer than any name is near none of them, and costs time in proportion to its length.
  if (a.length > 2 * b.length + 2) return a.length;
  const rows = [...a].reduce(
    nextRow(b),
    Array.from({ length: b.length + 1 }, (_, j) => j),
  );
  return rows.at(-1) ?? 0;
}

const MIN_BEGINNING = 4;

/** The distances of one more letter's word to each beginning of the other. */
const nextRow = (b: string) => (row: number[], letter: string, i: number) => {
  const next = [i + 1];
  for (let j = 1; j <= b.length; j++) {
    const [corner = 0, above = 0] = row.slice(j - 1, j + 1);
    const replaced = corner + (letter === b[j - 1] ? 0 : 1);
    next.push(Math.min(replaced, above + 1, (next[j - 1] ?? 0) + 1));
  }
  return next;
};
