import { describe, expect, test } from '@jest/globals';
import { edgeEvent, requestOf } from '../../local/cloudfront/edge-event.ts';
import type { EdgeRequest } from '../../local/cloudfront/edge-function.ts';

const REQUEST = {
  ...{ method: 'GET', path: '/', search: '', sourceIp: '192.0.2.1', body: new Uint8Array() },
  headers: { host: 'shop' },
};

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

describe('edgeEvent()', () => {
  test.each(NAMES)('takes the name "%s" in query and cookies like any other', (name) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const request = {
      ...{ ...REQUEST, search: `${name}=1&${name}=2` },
      headers: { host: 'shop', cookie: `${name}=3` },
    };
    const event = edgeEvent(request, 'E1');
    const { querystring, cookies } = event.request;
    const both = { value: '2', multiValue: [{ value: '1' }, { value: '2' }] };
    expect(Object.entries(querystring)).toEqual([[name, both]]);
    expect(Object.entries(cookies)).toEqual([[name, { value: '3' }]]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    const passed = requestOf(event.request as EdgeRequest, request);
    expect([passed.search, passed.headers['cookie']]).toEqual([request.search, `${name}=3`]);
  });

  test.each(NAMES)('has no "%s" that the viewer did not send', (name) => {
    const { querystring, cookies, headers } = edgeEvent(REQUEST, 'E1').request;
    expect([querystring[name], cookies[name], headers[name]]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
