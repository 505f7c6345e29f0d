import { describe, expect, test } from '@jest/globals';
import type { ApiParts, MethodPart } from '../../local/api/api-parts.ts';
import { requestFlaw } from '../../local/api/request-flaw.ts';
import type { HttpRequest } from '../../local/http-message.ts';

const METHOD = {
  validatorId: 'v',
  requiredParameters: [
    'method.request.querystring.sku',
    'method.request.header.X-Ticket',
    'method.request.path.sale',
  ],
  models: { 'application/json': 'm' },
} as unknown as MethodPart;

const parts = (parameters: boolean, body: boolean) =>
  ({
    validators: new Map([['v', { parameters, body }]]),
    models: new Map([['m', { schema: { type: 'object', required: ['a'] } }]]),
  }) as unknown as ApiParts;

const request = (changes: Partial<HttpRequest> = {}) =>
  ({
    search: 'sku=1',
    headers: { 'x-ticket': 't' },
    body: Buffer.from('{"a":1}'),
    ...changes,
  }) as HttpRequest;

describe('requestFlaw()', () => {
  test('finds nothing wrong where all is there', () => {
    expect(requestFlaw(request(), METHOD, parts(true, true))).toBeUndefined();
  });

  test.each([
    ['a query parameter', { search: '' }],
    ['a header', { headers: {} }],
  ])('misses %s', (_, changes) => {
    expect(requestFlaw(request(changes), METHOD, parts(true, true))).toBe('BAD_REQUEST_PARAMETERS');
    expect(requestFlaw(request(changes), METHOD, parts(false, true))).toBeUndefined();
  });

  test.each(['{"b":1}', 'no json', ''])('refuses the body %j', (body) => {
    const flawed = request({ body: Buffer.from(body) });
    expect(requestFlaw(flawed, METHOD, parts(true, true))).toBe('BAD_REQUEST_BODY');
    expect(requestFlaw(flawed, METHOD, parts(true, false))).toBeUndefined();
  });

  test('takes any body of a type without a model, and anything without a validator', () => {
    const other = request({
      headers: { 'x-ticket': 't', 'content-type': 'text/plain; x' },
      body: Buffer.from('?'),
    });
    expect(requestFlaw(other, METHOD, parts(true, true))).toBeUndefined();
    const { validatorId: _, ...unchecked } = METHOD;
    const bare = request({ search: '', body: Buffer.from('?') });
    expect(requestFlaw(bare, unchecked as MethodPart, parts(true, true))).toBeUndefined();
  });
});
