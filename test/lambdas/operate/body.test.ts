import { describe, expect, test } from '@jest/globals';
import type { Request } from '../../../lambdas/http.ts';
import { bodyOf } from '../../../lambdas/operate/body.ts';
import { fieldsOf, matching, whole } from '../../../lambdas/operate/fields.ts';
import type { Takes } from '../../../lambdas/operate/route.ts';

const read = (
  takes: Takes,
  type: string | undefined,
  body: string | null,
  isBase64Encoded = false,
) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = bodyOf({ headers, body, isBase64Encoded } as Request, takes);
  return answer.kind === 'body' ? answer.body : answer.why.detail;
};

const KB = 1024;

describe('bodyOf()', () => {
  test('reads JSON, whatever its type says besides, and in whatever way it comes', () => {
    expect(read('json', 'application/json', '{"a":1}')).toEqual({ a: 1 });
    expect(read('json', 'Application/JSON; charset=utf-8', '{"a":1}')).toEqual({ a: 1 });
    expect(read('json', 'application/json', 'eyJhIjoxfQ==', true)).toEqual({ a: 1 });
  });

  test('leaves rows as they are', () => {
    expect(read('rows', 'text/csv', 'sku\nA')).toBe('sku\nA');
    expect(read('rows', 'application/json', '[1')).toBe('[1');
  });

  test('does not look at what a route does not take', () => {
    expect(read('nothing', 'text/plain', '{')).toBeUndefined();
  });

  test.each([
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    '',
    undefined,
  ])('refuses what a form of another site could send: %s', (type) => {
    expect(read('json', type, '{}')).toBe(`The body must be application/json, not "${type ?? ''}"`);
    expect(read('rows', type, 'sku')).toContain('The body must be application/json or text/csv');
  });

  test('takes 128 KB of JSON, and not a byte more', () => {
    const text = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect(read('json', 'application/json', text(128 * KB))).toHaveLength(128 * KB - 2);
    expect(read('json', 'application/json', text(128 * KB + 1))).toContain('at most 131072');
    expect(read('json', 'application/json', `"${'é'.repeat(64 * KB)}"`)).toContain(
      'at most 131072',
    );
  });
});

describe('fieldsOf()', () => {
  const SPEC = { units: whole(1, 5), sku: matching(/^[a-z]+$/) };
  const detail = (body: unknown) => {
    const found = fieldsOf(body, SPEC);
    return found.kind === 'fields' ? found.fields : found.why.detail;
  };

  test('reads all members, and no others', () => {
    expect(detail({ units: 5, sku: 'lamp' })).toEqual({ units: 5, sku: 'lamp' });
    expect(detail({ units: 5, sku: 'lamp', more: 1 })).toBe('There is no member "more" here');
    expect(detail({ sku: 'lamp' })).toBe('Member "units" cannot be undefined');
  });

  test.each([0, 6, 1.5, '3', null, Number.NaN, [3]])('takes no %j for 1 to 5 units', (units) => {
    expect(detail({ units, sku: 'lamp' })).toContain('Member "units" cannot be');
  });

  test.each([null, undefined, [], 'text', 7])('takes no %j for an object', (body) => {
    expect(detail(body)).toContain('cannot be undefined');
  });

  test('believes no member that every object has', () => {
    const found = fieldsOf({}, { constructor: matching(/x/), toString: matching(/x/) });
    expect(found.kind).toBe('refused');
  });
});
