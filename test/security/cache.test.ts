/**
 * The cache, poisoned, deceived and flooded. That a crowd of pollers costs one read a second, whatever cookie, query and
 * device each has, is shown in test/stack/status-cache.test.ts.
 */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import { invocationsIn } from '../support/invocations.ts';
import type { Shopper } from '../support/shopper.ts';
import { raw } from './raw.ts';

let scene: Scene;
let shopper: Shopper;
let orderId: string;

beforeAll(async () => {
  scene = await startScene({ id: 'cached', items: [{ units: 100, limit: 3 }] });
  await scene.open();
  shopper = await scene.enter();
  orderId = await shopper.order('cached');
  await scene.stack.settle();
});

afterAll(() => scene?.stop());

const MARK = 'poisoned-by-eve';

/** Headers that are in no cache key, and that something behind might repeat. */
const UNKEYED: Readonly<Record<string, string>> = {
  'x-forwarded-host': `${MARK}.example`,
  'x-forwarded-scheme': 'nothttps',
  'x-forwarded-proto': 'http',
  'x-original-url': `/${MARK}`,
  'x-rewrite-url': `/${MARK}`,
  'x-site-origin': `https://${MARK}.example`,
  'x-transaction-id': MARK.padEnd(22, 'x'),
  'x-http-method-override': 'POST',
  'x-amzn-waf-captcha': MARK,
  'accept-language': MARK,
  'accept-encoding': MARK,
  'user-agent': MARK,
  origin: `https://${MARK}.example`,
  referer: `https://${MARK}.example/`,
  range: 'bytes=0-3',
  'if-none-match': `"${MARK}"`,
  'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT',
  'cache-control': 'max-age=999999',
  pragma: 'x-cache',
  authorization: `Bearer ${MARK}`,
  'x-oversized': 'A'.repeat(7000),
};

const PUBLIC = [
  '/api/sales/cached',
  '/sales/cached/sale.js?v=7',
  '/sales/cached/sale.json',
  '/sales/cached/',
  '/sales/index.json',
  '/',
];

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${scene.stack.siteUrl}${path}`, { headers });

/** What tells one answer from another, and not when it was. */
async function seen(response: Response): Promise<object> {
  const headers = Object.fromEntries(response.headers);
  for (const name of ['date', 'age', 'x-cache', 'x-amzn-requestid', 'last-modified', 'etag']) {
    delete headers[name];
  }
  return { status: response.status, headers, text: await response.text() };
}

/** A second later nothing is fresh in the cache of the status and the flag. */
async function emptied(): Promise<void> {
  scene.stack.clearCache();
  await scene.stack.clock.advance(1100);
}

describe.each(PUBLIC)('what is public and cached: %s', (path) => {
  test.each(Object.keys(UNKEYED))(
    'is the same after somebody asked first with %s',
    async (name) => {
      await emptied();
      const clean = await seen(await get(path));
      await emptied();
      const value = UNKEYED[name] ?? '';
      await (await get(path, { [name]: value, cookie: `${shopper.cookie}; x=${MARK}` })).text();
      const after = await seen(await get(path));
      expect(withoutCounts(after)).toEqual(withoutCounts(clean));
      expect(JSON.stringify(after)).not.toContain(MARK);
    },
  );

  test('begins no session and names nobody', async () => {
    await emptied();
    for (let i = 0; i < 2; i++) {
      const { headers } = await get(path, { cookie: shopper.cookie });
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('x-transaction-id')).toBeNull();
    }
  });
});

/** The clock moved on between two answers of the status. */
const withoutCounts = (answer: object): unknown =>
  JSON.parse(
    JSON.stringify(answer).replaceAll(/\\"(now|at|updated\w*|\w*EpochMs)\\":\d+/g, '\\"$1\\":0'),
  );

describe('what is somebody’s own is in no cache, however its path ends', () => {
  const ENDINGS = ['', '/x.css', '/x.js', '.js', '.css', ';.js', '?x.css', '?v=1', '/sale.js'];

  test.each(ENDINGS)('an order: %s', async (ending) => {
    const path = `/api/orders/${orderId}${ending}`;
    const own = await get(path, { cookie: shopper.cookie });
    const text = await own.text();
    const stranger = await get(path);
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(own.headers.get('x-cache')).not.toMatch(/^Hit/);
    expect(stranger.status).not.toBe(200);
    if (own.status === 200) expect(await stranger.text()).not.toBe(text);
  });

  test.each(['/api/sales/cached/challenge', '/api/time', '/api/where', '/api/nothing'])(
    'what the edge says: %s',
    async (path) => {
      const { headers } = await get(path, { cookie: shopper.cookie });
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test.each(['/session', '/sales/cached/ticket'])('a POST: /api%s', async (path) => {
    const { headers } = await scene.ask('POST', `/api${path}`, {
      headers: { cookie: shopper.cookie },
    });
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('an error stays in no cache', () => {
  test('and is no longer there when its reason is gone', async () => {
    await emptied();
    const fault = scene.stack.faults.add({ function: 'Status', action: 'error-before' });
    expect((await get('/api/sales/cached')).status).toBe(503);
    fault.remove();
    expect((await get('/api/sales/cached')).status).toBe(200);
  });

  test.each([
    ['HEAD', ''],
    ['GET', 'host: '],
    ['GET', `x-oversized: ${'A'.repeat(15_000)}`],
    ['OPTIONS', ''],
  ])('nor does that of an odd request: %s %.20s', async (method, header) => {
    await emptied();
    const lines = ['host: 127.0.0.1', 'connection: close', ...(header ? [header] : [])];
    await raw(scene.stack.siteUrl, `${method} /api/sales/cached HTTP/1.1`, lines);
    expect((await get('/api/sales/cached')).status).toBe(200);
  });
});

describe('a flood of variants of the status', () => {
  const VARIANTS: readonly (readonly [string, (index: number) => [string, object]])[] = [
    ['queries', (index) => [`/api/sales/cached?${index}=${index}`, {}]],
    ['encodings', (index) => ['/api/sales/cached', { 'accept-encoding': `gzip;q=0.${index}` }]],
    ['languages', (index) => ['/api/sales/cached', { 'accept-language': `x-${index}` }]],
    ['types', (index) => ['/api/sales/cached', { accept: `text/x-${index}` }]],
    ['ranges', (index) => ['/api/sales/cached', { range: `bytes=${index}-` }]],
    ['hosts', (index) => ['/api/sales/cached', { 'x-forwarded-host': `h${index}.example` }]],
    [
      'wishes for fresh ones',
      (index) => ['/api/sales/cached', { 'cache-control': `max-age=-${index}` }],
    ],
    ['tokens', (index) => ['/api/sales/cached', { authorization: `Bearer ${index}` }]],
  ];

  test.each(VARIANTS)('reaches the function once: %s', async (_, variant) => {
    await emptied();
    const count = () => scene.stack.requests.functions['Status']?.invocations ?? 0;
    await get('/api/sales/cached');
    const before = count();
    for (let index = 1; index <= 30; index++) {
      const [path, headers] = variant(index);
      await (await get(path, headers as Record<string, string>)).text();
    }
    expect(count() - before).toBe(0);
  });

  test('of other spellings reaches no function at all', async () => {
    const count = () => invocationsIn(scene.stack);
    const before = count();
    for (const path of [
      ...['/api/sales/CACHED', '/api/sales/cached/', '/api/sales/cached/.', '/api/sales/cached/x'],
      ...['/api/sales/cache%64', '/api/sales//cached', '/api/sales/cached%20', '/API/sales/cached'],
      ...['/api/sales/cached;x=1', '/api/sales/cached.json', '/api/./sales/cached'],
    ]) {
      await scene.ask('GET', path).catch(() => {});
    }
    expect(count()).toBe(before);
  });
});
