import { describe, expect, test } from '@jest/globals';
import {
  METHODS,
  openApi,
  operations,
  resolved,
  validatorAt,
} from '../support/openapi-document.ts';

const ROUTES = [
  'get /',
  'get /sales/{sale}/',
  'get /sales/{sale}/sale.js',
  'get /api/time',
  'get /api/where',
  'post /api/session',
  'get /api/sales/{sale}/challenge',
  'post /api/sales/{sale}/ticket',
  'get /api/sales/{sale}',
  'post /api/sales/{sale}/{doorKey}/orders',
  'get /api/orders/{orderId}',
  'delete /api/orders/{orderId}',
  'post /api/orders/{orderId}/checkout',
  'post /api/payments/events',
  'get /api/operator/sign-in',
  'get /api/operator/me',
  'get /api/operator/log/{day}',
  'get /api/operator/sales',
  'get /api/operator/sales/{sale}',
  'get /api/operator/sales/{sale}/events',
  'get /api/operator/sales/{sale}/audit',
  'post /api/operator/sales/{sale}/pause',
  'post /api/operator/sales/{sale}/resume',
  'post /api/operator/sales/{sale}/extend',
  'post /api/operator/sales/{sale}/close',
  'post /api/operator/sales/{sale}/restock',
  'get /api/operator/sales/{sale}/refunds',
  'post /api/operator/sales/{sale}/refunds',
  'get /api/operator/sales/{sale}/report',
  'get /api/operator/products',
  'put /api/operator/products/{sku}',
  'post /api/operator/products/import',
  'get /api/operator/drafts',
  'post /api/operator/drafts/check',
  'get /api/operator/drafts/{sale}',
  'put /api/operator/drafts/{sale}',
  'delete /api/operator/drafts/{sale}',
  'post /api/operator/drafts/{sale}/publish',
];

/** Everything in the document that is an object, with the keys that lead to it. */
function* objectsIn(value: unknown, at: readonly string[] = []): Generator<[string[], object]> {
  if (typeof value !== 'object' || value === null) return;
  yield [[...at], value];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, [...at, key]);
}

describe('docs/openapi.yaml', () => {
  test('is OpenAPI 3.1 with a title and a version', () => {
    expect(openApi.openapi).toMatch(/^3\.1\.\d+$/);
    expect(openApi.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });

  test('has every route of the design, and no other', () => {
    expect(operations().map(({ method, path }) => `${method} ${path}`)).toEqual(ROUTES);
  });

  test('has only fields in a path that OpenAPI knows', () => {
    const known = [...METHODS, 'parameters', 'summary', 'description', 'servers'];
    expect(
      Object.values(openApi.paths)
        .flatMap(Object.keys)
        .filter((key) => !known.includes(key as 'get')),
    ).toEqual([]);
  });

  test('gives each operation an id of its own', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has a target for each reference', () => {
    const references = [...objectsIn(openApi)].flatMap(([, value]) =>
      '$ref' in value ? [value] : [],
    );
    expect(references.length).toBeGreaterThan(100);
    for (const reference of references) expect(() => resolved(reference)).not.toThrow();
  });

  test('uses each of its components', () => {
    const text = JSON.stringify(
      [...objectsIn(openApi)].map(([, value]) => '$ref' in value && value.$ref),
    );
    const kinds = ['schemas', 'responses', 'parameters', 'headers', 'examples'];
    const names = kinds.flatMap((kind) =>
      Object.keys(openApi.components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`),
    );
    expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });

  test.each(Object.entries(openApi.paths))('declares the parameters of %s', (path, item) => {
    const own = Object.values(item).flatMap(
      (one) => (one as { parameters?: object[] }).parameters ?? [],
    );
    const shared = (item['parameters'] ?? []) as object[];
    const declared = [...own, ...shared].map(
      (one) => resolved(one) as { name: string; in: string },
    );
    const inPath = declared.filter((one) => one.in === 'path').map(({ name }) => name);
    expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
  });

  test('names only security schemes that it has', () => {
    const named = operations().flatMap(({ operation }) =>
      ((operation as { security?: object[] }).security ?? []).flatMap((one) => Object.keys(one)),
    );
    const schemes = Object.keys(openApi.components['securitySchemes'] ?? {});
    expect([...new Set(named)].sort()).toEqual(schemes.sort());
  });

  test.each(Object.keys(openApi.components['schemas'] ?? {}))(
    'compiles the schema %s, and holds its examples to it',
    (name) => {
      const validate = validatorAt('components', 'schemas', name);
      const { examples = [] } = resolved<{ examples?: unknown[] }>({
        $ref: `#/components/schemas/${name}`,
      });
      for (const example of examples)
        expect([validate(example), validate.errors]).toEqual([true, null]);
    },
  );
});
