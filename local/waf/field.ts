/** @module The parts of a request that statements look at. */

import { allow, choose, type Fail, type Fields, kindOf, listOf } from './json.ts';

/** What a web ACL sees of a request. */
export type WafRequest = {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without its question mark. */
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
};

/** Every value of the part; none where the request does not have it. */
export type Field = (request: WafRequest) => readonly string[];

type FieldKind = (name: string) => Field;

const KINDS: Readonly<Record<string, FieldKind>> = {
  Method: () => (request) => [request.method],
  UriPath: () => (request) => [request.path],
  QueryString: () => (request) => [request.search],
  SingleHeader: (name) => headerField(name),
  SingleQueryArgument:
    (name) =>
    ({ search }) =>
      valuesOf(search, '&', (one) => one.toLowerCase() === name.toLowerCase()),
};

const TRANSFORMATIONS: Readonly<Record<string, (text: string) => string>> = {
  NONE: (text) => text,
  LOWERCASE: (text) => text.toLowerCase(),
};

/** `FieldToMatch` with `TextTransformations`. */
export function fieldOf({ FieldToMatch, TextTransformations }: Fields, fail: Fail): Field {
  const [kind, given] = kindOf(FieldToMatch, fail);
  allow(given, ['Name'], fail);
  const field = choose(KINDS, kind, fail)(String(given['Name']));
  return transformed(field, TextTransformations, fail);
}

/** Cookie or header of a rate rule's custom key. */
export function keyFieldOf(kind: string, given: Fields, fail: Fail): Field {
  const field = choose({ Cookie: cookieField, Header: headerField }, kind, fail);
  return transformed(field(String(given['Name'])), given['TextTransformations'], fail);
}

const headerField: FieldKind = (name) => (request) => {
  const value = request.headers[name.toLowerCase()];
  return value === undefined ? [] : [value];
};

const cookieField: FieldKind =
  (name) =>
  ({ headers }) =>
    valuesOf(headers['cookie'] ?? '', ';', (one) => one === name);

/** The value of a cookie, if the request has it. */
export const cookieOf = (request: WafRequest, name: string): string | undefined =>
  cookieField(name)(request)[0];

function transformed(field: Field, given: unknown, fail: Fail): Field {
  const steps = listOf(given).map(({ Type }) => choose(TRANSFORMATIONS, Type, fail));
  return (request) =>
    field(request).map((value) => steps.reduce((text, step) => step(text), value));
}

function valuesOf(text: string, separator: string, isWanted: (name: string) => boolean): string[] {
  return text
    .split(separator)
    .map((pair) => pair.trim().split('='))
    .filter(([name = '']) => isWanted(name))
    .map(([, ...value]) => value.join('='));
}

/** What a statement's own members are called beside those of its field. */
export const FIELD_MEMBERS = ['FieldToMatch', 'TextTransformations'];
