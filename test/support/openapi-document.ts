/** @module `docs/openapi.yaml` as tests look into it. */

import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Schema = { readonly type?: unknown; readonly pattern?: string };
export type Header = { readonly required?: boolean; readonly schema: Schema };
export type Reference = { readonly $ref: string };

/** One answer that an operation can give. */
export type Response = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header | Reference>>;
  readonly content?: Readonly<
    Record<
      string,
      { readonly schema: Schema; readonly examples?: Readonly<Record<string, Reference>> }
    >
  >;
};

/** One method of one path. */
export type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly responses: Readonly<Record<string, Response | Reference>>;
};

type PathItem = Readonly<Record<string, unknown>>;

/** The parts of the document that tests look into. */
export type OpenApi = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

export const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/** The document, as it stands in the repository. */
export const openApi = parse(
  readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8'),
) as OpenApi;

// Type checks of its strict mode want each `properties` beside a `type`, also within `allOf` and `if`.
const ajv = new Ajv2020({ allErrors: true, strictTypes: false, strictRequired: false });

/** What a reference points at; anything else as it is. */
export function resolved<T extends object>(value: T | Reference): T {
  if (!('$ref' in value)) return value;
  const steps = value.$ref.replace(/^#\//, '').split('/').map(unescaped);
  const target = steps.reduce<unknown>((at, step) => (at as PathItem | undefined)?.[step], openApi);
  if (target === undefined)
    throw new Error(`Cannot resolve "${value.$ref}": there is no such place`);
  return target as T;
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

const compiled = new Map<string, ValidateFunction>();

/** Compiles the schema at a place in the document; each step is one key. */
export function validatorAt(...steps: readonly string[]): ValidateFunction {
  const $ref = `#/${steps.map(escaped).join('/')}`;
  const known = compiled.get($ref);
  if (known) return known;
  const schema = { ...resolved<object>({ $ref }), $defs: openApi.components['schemas'] };
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
  const validate = ajv.compile(JSON.parse(text));
  compiled.set($ref, validate);
  return validate;
}

/** Every operation of the document, with its method and path. */
export const operations = (): { method: string; path: string; operation: Operation }[] =>
  Object.entries(openApi.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation ? [{ method, path, operation }] : [];
    }),
  );

/** Where in the document a response stands, once references are followed. */
export function placeOfResponse(method: string, path: string, status: string): string[] {
  const item = openApi.paths[path]?.[method] as Operation;
  const response = item.responses[status] as Response | Reference;
  return '$ref' in response
    ? response.$ref.replace(/^#\//, '').split('/').map(unescaped)
    : ['paths', path, method, 'responses', status];
}
