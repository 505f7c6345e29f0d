import { describe, expect, test } from '@jest/globals';
import { BASE, findRoute } from '../../../lambdas/operate/router.ts';
import { ROUTES, SIGN_IN } from '../../../lambdas/operate/routes.ts';
import { operations } from '../../support/openapi-document.ts';

const at = (method: string, path: string) => findRoute(ROUTES, method, `${BASE}${path}`);

describe('ROUTES', () => {
  test('are those of docs/openapi.yaml, and no others', () => {
    const documented = operations()
      .filter(({ path }) => path.startsWith(BASE))
      .map(({ method, path }) => `${method.toUpperCase()} ${path.slice(BASE.length)}`);
    const known = ROUTES.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{…}')}`);
    const wanted = documented.map((one) => one.replace(/\{\w+\}/g, '{…}'));
    expect([`GET ${SIGN_IN}`, ...known].sort()).toEqual(wanted.sort());
  });

  test('take a body where they change something with one, and never on reading', () => {
    for (const { method, takes = 'nothing' } of ROUTES) {
      if (method === 'GET' || method === 'DELETE') expect(takes).toBe('nothing');
      if (method === 'PUT') expect(takes).toBe('json');
    }
  });
});

describe('findRoute()', () => {
  test('names the parts of a path', () => {
    const found = at('POST', '/sales/night-1/pause');
    expect(found?.parameters).toEqual({ sale: 'night-1' });
    expect(found?.route.path).toBe('/sales/{sale}/pause');
  });

  test('prefers nothing by chance: a fixed part is not a parameter of another route', () => {
    expect(at('POST', '/products/import')?.route.path).toBe('/products/import');
    expect(at('POST', '/drafts/check')?.route.path).toBe('/drafts/check');
    expect(at('GET', '/drafts/check')?.route.path).toBe('/drafts/{sale}');
  });

  test.each([
    ['GET', '/'],
    ['GET', '/sales/'],
    ['GET', '/sales/a b'],
    ['GET', '/sales/../log'],
    ['GET', `/sales/${'a'.repeat(81)}`],
    ['get', '/sales'],
    ['PUT', '/sales/night'],
    ['GET', '/sales/night/events/more'],
  ])('finds nothing for %s %s', (method, path) => {
    expect(at(method, path)).toBeUndefined();
  });

  test('finds nothing outside of its own paths', () => {
    expect(findRoute(ROUTES, 'GET', '/api/operators/sales')).toBeUndefined();
    expect(findRoute(ROUTES, 'GET', '/sales')).toBeUndefined();
  });
});
