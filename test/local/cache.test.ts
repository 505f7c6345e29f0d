/** That the cache of the local CloudFront keeps, shares and forgets as the real one does. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { LocalStack } from '../../local/stack.ts';
import { startCacheStack } from './support/cache-stack.ts';

let stack: LocalStack;
let before: LocalStack['requests']['front'];

beforeAll(async () => {
  stack = await startCacheStack();
}, 30_000);

afterAll(() => stack?.stop());

beforeEach(() => {
  stack.clearCache();
  // The function counts from 1 again.
  stack.kill('Answer');
  before = stack.requests.front;
});

/** What a behaviour has counted in this test. */
function counted(pattern: string) {
  const now = stack.requests.front[pattern];
  const then = before[pattern];
  if (now === undefined || then === undefined) throw new Error(`Cannot find "${pattern}"`);
  return {
    requests: now.requests - then.requests,
    hits: now.hits - then.hits,
    origin: now.origin - then.origin,
  };
}

const get = (path: string, init: RequestInit = {}) => fetch(`${stack.siteUrl}${path}`, init);
const hits = async (path: string, headers: Record<string, string> = {}) =>
  Number((await get(path, { headers })).headers.get('x-hits'));
const wait = (seconds: number) => stack.clock.advance(1000 * seconds);
const said = (control: string) => `?cache=${encodeURIComponent(control)}`;

describe('the key', () => {
  test('has of query, headers and cookies what the policy lists', async () => {
    expect(await hits('/api/keyed?v=1')).toBe(1);
    expect(await hits('/api/keyed?v=1&other=2')).toBe(1);
    expect(await hits('/api/keyed?v=1', { 'x-other': 'a', cookie: 'other=1' })).toBe(1);
    expect(await hits('/api/keyed?v=2')).toBe(2);
    expect(await hits('/api/keyed?v=1', { 'x-kind': 'a' })).toBe(3);
    expect(await hits('/api/keyed?v=1', { cookie: 'who=ada; other=1' })).toBe(4);
    expect(await hits('/api/keyed?v=1', { cookie: 'other=2; who=ada' })).toBe(4);
  });

  test('has the path as it is', async () => {
    expect([await hits('/api/free'), await hits('/api/free2')]).toEqual([1, 2]);
  });
});

describe('the life of an answer', () => {
  /** Whether it is kept for one time, and no longer than another. */
  async function isKept(path: string, from: number, to: number) {
    const first = await hits(path);
    await wait(from);
    const kept = await hits(path);
    await wait(to - from);
    return [kept === first, (await hits(path)) === first];
  }

  test.each([
    ['/api/free', '', 9, 10.1],
    ['/api/free', said('max-age=20'), 19, 20.1],
    ['/api/free', said('max-age=20, s-maxage=3'), 2, 3.1],
    ['/api/free', said('max-age=1000'), 99, 100.1],
    ['/api/least', '', 9, 10.1],
    ['/api/least', said('max-age=1'), 4, 5.1],
    ['/api/least', said('no-store'), 4, 5.1],
    ['/api/least', said('private'), 4, 5.1],
  ])('%s%s: %d s, and not %d s', async (path, query, from, to) => {
    expect(await isKept(`${path}${query}`, from, to)).toEqual([true, false]);
  });

  test.each(['no-store', 'no-cache', 'private', 'max-age=0'])(
    'is nothing where the origin says %s and the policy has no least life',
    async (control) => {
      const path = `/api/free${said(control)}`;
      expect([await hits(path), await hits(path)]).toEqual([1, 2]);
    },
  );

  test('is shared by GET and the HEAD that follows, not by a POST', async () => {
    await get('/api/free');
    const head = await get('/api/free', { method: 'HEAD' });
    expect([head.headers.get('x-cache'), await head.text()]).toEqual(['Hit from cloudfront', '']);
    const post = await get('/api/free', { method: 'POST' });
    expect(post.headers.get('x-hits')).toBe('2');
    expect(counted('/api/free*')).toMatchObject({ requests: 3, hits: 1, origin: 2 });
  });

  test('of a HEAD serves no GET, which wants a body', async () => {
    await get('/api/free', { method: 'HEAD' });
    const whole = await get('/api/free');
    expect(whole.headers.get('x-cache')).toBe('Miss from cloudfront');
    expect((await whole.text()).length).toBeGreaterThan(0);
  });

  test('begins again when the origin says that nothing changed', async () => {
    const path = '/api/free?etag=%22one%22&cache=max-age%3D5';
    const first = await get(path);
    await wait(6);
    const again = await get(path);
    expect(again.headers.get('x-cache')).toBe('RefreshHit from cloudfront');
    expect([again.status, await again.text()]).toEqual([200, await first.text()]);
    await wait(4);
    expect((await get(path)).headers.get('x-cache')).toBe('Hit from cloudfront');
    expect(counted('/api/free*')).toMatchObject({ requests: 3, hits: 1, origin: 2 });
  });

  test('begins anew when something changed', async () => {
    await get('/api/free?etag=%22one%22');
    await wait(11);
    const changed = await get('/api/free?etag=%22two%22');
    expect([changed.headers.get('x-cache'), changed.headers.get('etag')]).toEqual([
      'Miss from cloudfront',
      '"two"',
    ]);
  });
});

describe('a hundred who ask at once', () => {
  const ask = (path: string) => Promise.all(Array.from({ length: 100 }, () => get(path)));

  test('are one request to the origin', async () => {
    await ask('/api/free');
    expect(counted('/api/free*')).toMatchObject({ requests: 100, origin: 1 });
  });

  test('are a hundred where the answer may not be kept', async () => {
    await ask(`/api/free${said('no-store')}`);
    expect(counted('/api/free*')).toMatchObject({ hits: 0, origin: 100 });
  });

  test('are one although the origin says no-store, where the policy has a least life', async () => {
    await ask(`/api/least${said('no-store')}`);
    expect(counted('/api/least*')).toMatchObject({ hits: 99, origin: 1 });
  });
});

describe('an error', () => {
  test.each([404, 414, 500, 503, 504])('%d is kept for 10 s, without a word', async (status) => {
    const path = `/api/free?status=${status}`;
    expect([await hits(path), await hits(path)]).toEqual([1, 1]);
    await wait(10.1);
    expect(await hits(path)).toBe(2);
  });

  test.each([400, 403, 405])('%d is kept only where the origin says so', async (status) => {
    const path = `/api/free?status=${status}`;
    expect([await hits(path), await hits(path)]).toEqual([1, 2]);
    const kept = `${path}&cache=max-age%3D1`;
    expect([await hits(kept), await hits(kept)]).toEqual([3, 3]);
    // At least as long as errors are kept.
    await wait(9);
    expect(await hits(kept)).toBe(3);
  });

  test.each([409, 410, 429])('%d is not kept, whatever the origin says', async (status) => {
    const path = `/api/free?status=${status}&cache=max-age%3D60`;
    expect([await hits(path), await hits(path)]).toEqual([1, 2]);
  });

  test('is not kept where the distribution says 0 s', async () => {
    expect([await hits('/api/free?status=502'), await hits('/api/free?status=502')]).toEqual([
      1, 2,
    ]);
  });

  test.each([
    [503, 200],
    [404, 404],
  ])('%d over an answer that has expired: %d', async (status, answered) => {
    await get('/api/free');
    await wait(11);
    expect((await get(`/api/free?status=${status}`)).status).toBe(answered);
  });

  test('does not keep an answer alive beyond its longest life', async () => {
    await get('/api/free');
    await wait(101);
    expect((await get('/api/free?status=503')).status).toBe(503);
  });
});

describe('what reaches the origin', () => {
  test('is what the policies list, of what function and viewer set alike', async () => {
    const headers = {
      'x-listed': 'yes',
      'x-unlisted': 'no',
      'user-agent': 'test',
      cookie: 'who=me',
      'CloudFront-Viewer-Country': 'XX',
      'CloudFront-Viewer-Address': '192.0.2.1:1',
      'CloudFront-Viewer-City': 'Nowhere',
    };
    const event = (await (await get('/api/listed?q=1', { headers })).json()) as {
      headers: Record<string, string>;
      queryStringParameters: object;
    };
    expect(event.headers).toMatchObject({
      'x-listed': 'yes',
      cookie: 'who=me',
      'cloudfront-viewer-country': 'US',
      'cloudfront-viewer-address': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      'user-agent': 'Amazon CloudFront',
    });
    expect(event.queryStringParameters).toEqual({ q: '1' });
    for (const name of ['x-unlisted', 'x-gated', 'cloudfront-viewer-city']) {
      expect(event.headers).not.toHaveProperty(name);
    }
  });
});
