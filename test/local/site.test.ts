import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LocalStack } from '../../local/stack.ts';
import { startSiteStack } from './support/site-stack.ts';

describe('site of the local stack', () => {
  let stack: LocalStack;

  beforeEach(async () => {
    stack = await startSiteStack();
  }, 30_000);

  afterEach(() => stack?.stop());

  const get = (path: string, init: RequestInit = {}) => fetch(`${stack.siteUrl}${path}`, init);
  const hits = async (path: string) => Number((await get(path)).headers.get('x-hits'));

  test('serves files with their type and cache life, from the cache the second time', async () => {
    const first = await get('/');
    expect([first.status, await first.text()]).toEqual([200, '<p>hello</p>']);
    expect(first.headers.get('content-type')).toBe('text/html');
    expect(first.headers.get('cache-control')).toBe('max-age=60');
    expect(first.headers.get('x-cache')).toBe('Miss from cloudfront');
    const second = await get('/');
    expect(second.headers.get('x-cache')).toBe('Hit from cloudfront');
    const etag = second.headers.get('etag') ?? '';
    expect((await get('/', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await get('/a/b.js')).status).toBe(200);
    expect((await get('/no.secret')).status).toBe(404);
  });

  test('the gate answers at the edge, on the virtual clock, with its store and two cookies', async () => {
    await stack.clock.advance(3_600_000);
    const response = await get('/api/time?q=a%20b', { headers: { cookie: 'who=me; x=1' } });
    expect(await response.json()).toEqual({
      now: expect.any(Number),
      country: 'US',
      node: 'undefinedundefinedundefined',
      hash: 64,
      stored: null,
      cookie: 'me',
      query: 'a%20b',
    });
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; Path=/']);
    expect(response.headers.get('x-own')).toBe('own');
    expect(response.headers.get('x-cache')).toBe('FunctionGeneratedResponse from cloudfront');
    expect(stack.requests.front['/api/time']).toMatchObject({ requests: 1, edge: 1, origin: 0 });
  });

  test('a function gets the proxy event of a REST API', async () => {
    const response = await get('/api/a%20b?x=1&x=2', {
      method: 'POST',
      headers: { cookie: 'who=me', 'content-type': 'text/plain' },
      body: 'hello',
    });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.json()).toMatchObject({
      resource: '/api/{thing}',
      path: '/api/a%20b',
      httpMethod: 'POST',
      headers: { cookie: 'who=me', 'x-gated': 'yes', Host: expect.stringContaining('execute-api') },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { thing: 'a b' },
      requestContext: {
        stage: 'live',
        resourcePath: '/api/{thing}',
        identity: { apiKey: expect.any(String), sourceIp: '127.0.0.1' },
      },
      body: 'hello',
      isBase64Encoded: false,
    });
  });

  test('a caller without a key is refused', async () => {
    const response = await get('/api/keyless');
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  test('an unknown path is refused in the words of API Gateway', async () => {
    const response = await get('/api/a/b/c/d');
    expect([response.status, await response.json()]).toEqual([
      403,
      { message: 'Missing Authentication Token' },
    ]);
  });

  test('a method above its throttle is refused in the words of the template', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => get('/api/a/deep')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(await refused?.json()).toEqual({ code: 'too-many' });
    await stack.clock.advance(1000);
    expect((await get('/api/a/deep')).status).toBe(200);
  });

  test('a function that crashes, throws or answers nonsense is a bad gateway', async () => {
    const answers = await Promise.all(['crash', 'throw', 'odd'].map((path) => get(`/api/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([502, 502, 502]);
  });

  test('a function that takes too long is a gateway timeout', async () => {
    const slow = get('/api/slow');
    while (stack.requests.functions['Answer']?.invocations === 0)
      await new Promise((next) => setTimeout(next, 5));
    await stack.clock.advance(5000);
    expect((await slow).status).toBe(504);
  });

  test('above its reserved concurrency a function does not run', async () => {
    const slow = [1, 2, 3].map(() => get('/api/slow'));
    while (stack.requests.functions['Answer']?.invocations !== 3)
      await new Promise((next) => setTimeout(next, 5));
    expect((await get('/api/quick')).status).toBe(500);
    await stack.clock.advance(5000);
    await Promise.all(slow);
    expect((await get('/api/quick')).status).toBe(200);
  });

  test('a body above 10 MB is too large', async () => {
    const response = await get('/api/large', {
      method: 'POST',
      body: new Uint8Array(11 * 1024 * 1024),
    });
    expect(response.status).toBe(413);
  });

  test('answers live as long as origin and policy say', async () => {
    expect([await hits('/api/cached'), await hits('/api/cached')]).toEqual([1, 1]);
    await stack.clock.advance(1100);
    expect(await hits('/api/cached')).toBe(2);
    expect([
      await hits('/api/cached?cache=no-store'),
      await hits('/api/cached?cache=no-store'),
    ]).toEqual([3, 4]);
    const long = '/api/cached?cache=max-age%3D1000';
    expect([await hits(long), await hits(long)]).toEqual([5, 5]);
    // The policy's longest life is 100 s.
    await stack.clock.advance(101_000);
    expect(await hits(long)).toBe(6);
  });

  test('what is not in the key neither splits the cache nor reaches the origin, unless forwarded', async () => {
    expect([await hits('/api/cached?other=1'), await hits('/api/cached?other=2')]).toEqual([1, 1]);
  });

  test('errors are kept for ten seconds where nothing else is said, and 429 is not', async () => {
    const failing = '/api/cached?status=503';
    expect([await hits(failing), await hits(failing)]).toEqual([1, 1]);
    await stack.clock.advance(10_100);
    expect(await hits(failing)).toBe(2);
    const busy = '/api/cached?status=429';
    expect([await hits(busy), await hits(busy)]).toEqual([3, 4]);
  });

  test('many who ask at the same time are one request to the origin', async () => {
    await Promise.all(Array.from({ length: 20 }, () => get('/api/cached1')));
    expect(stack.requests.front['/api/cached*']).toEqual({
      requests: 20,
      edge: 0,
      hits: 19,
      origin: 1,
    });
  });

  test('a viewer cannot say where it is', async () => {
    const headers = { 'CloudFront-Viewer-Country': 'XX' };
    expect(await (await get('/api/time', { headers })).json()).toMatchObject({ country: 'US' });
  });

  test('gives outputs that name the site by its address here', () => {
    expect(stack.outputs['Url']).toBe(stack.siteUrl);
  });
});
