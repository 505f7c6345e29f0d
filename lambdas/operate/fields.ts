/** @module Members of a JSON body, read one by one. */

import { type Problem, problem } from '../problem.ts';

type Reader<T> = (value: unknown) => T | undefined;

type Fields<S> = { readonly [K in keyof S]: S[K] extends Reader<infer T> ? T : never };

/** A whole number within bounds. */
export const whole =
  (least: number, most: number): Reader<number> =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : undefined;

/** A text that a pattern takes. */
export const matching =
  (pattern: RegExp): Reader<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;

export type FieldsRead<S> =
  | { readonly kind: 'fields'; readonly fields: Fields<S> }
  | { readonly kind: 'refused'; readonly why: Problem };

/** Reads the members of an object, all of them and no others. */
export function fieldsOf<S extends Readonly<Record<string, Reader<unknown>>>>(
  body: unknown,
  spec: S,
): FieldsRead<S> {
  const given = typeof body === 'object' && body !== null ? body : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(spec, name));
  if (unknown !== undefined) return refused(`There is no member "${unknown}" here`);
  const fields: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(spec)) {
    const value = Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined;
    const taken = read(value);
    if (taken === undefined) {
      return refused(`Member "${name}" cannot be ${JSON.stringify(value)?.slice(0, 60)}`);
    }
    fields[name] = taken;
  }
  return { kind: 'fields', fields: fields as Fields<S> };
}

const refused = (detail: string) => ({
  kind: 'refused' as const,
  why: problem('bad-request', detail),
});
