/** Paths and requests that gate, CloudFront, API and functions would read differently. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { type Behind, watchApi } from './behind.ts';
import { raw, statusOf } from './raw.ts';

let scene: Scene;
let behind: Behind;
let shopper: Shopper;
let orderId: string;
let doorKey: string;

beforeAll(async () => {
  scene = await startScene({
    ...{ id: 'bad', items: [{ units: 300, limit: 3 }] },
    // A ticket outlives the slowest machine.
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 600 },
  });
  await scene.open();
  shopper = await scene.enter();
  orderId = await shopper.order('bad');
  doorKey = (await scene.doorKey('bad')) ?? '';
  behind = watchApi(scene);
  await scene.stack.settle();
});

afterAll(() => scene?.stop());

/** The buy path, written otherwise. */
const rewritten = (): readonly string[] => {
  const path = `/api/sales/bad/${doorKey}/orders`;
  return [
    ...[`/${path}`, path.replace('/sales/', '//sales/'), `${path}/`, `${path}//`, `/.${path}`],
    ...[`/x/..${path}`, `/x/%2e%2e${path}`, `/x/%2E%2e${path}`, `/x/.%2e${path}`, `/%2e${path}`],
    ...[`${path}/.`, `${path}/..`, `${path}%2f`, `${path}%00`, `${path}%20`, `${path};x=y`],
    ...[path.replace('/orders', '%2forders'), path.replace('/orders', '%252forders')],
    ...[path.replace('/orders', '/%6frders'), path.replace('/orders', '/%256frders')],
    ...[path.replace('/api', '/%61pi'), path.replace('/api', '/API'), path.replace('/api', '/Api')],
    ...[path.replace('/sales', '/SALES'), path.replace('/orders', '/Orders')],
    ...[path.replace('/api', '/api;x'), path.replace('/sales', ';/sales'), `/api${path}`],
    ...[path.replaceAll('/', '\\'), path.replace('/orders', '\\orders'), `${path}\\`],
    ...[path.replace('/orders', '/x/orders'), path.replace(doorKey, `${doorKey}/..`)],
    ...[path.replace('bad', 'bad%00'), path.replace('bad', 'bad%20'), path.replace('bad', 'BAD')],
    ...[path.replace(doorKey, encodeURIComponent(`${doorKey}/`)), `${path}.json`, `${path}.css`],
    ...[`http://evil.example${path}`, `https://evil.example${path}`, `//evil.example${path}`],
  ];
};

describe('a buy whose path is written otherwise', () => {
  test('reaches no function, and no route of the API under another key', async () => {
    const host = `host: ${new URL(scene.stack.siteUrl).host}`;
    const ticket = await shopper.ticket('bad');
    const before = behind.invocations();
    const untouched = await scene.dump();
    for (const path of rewritten()) {
      const lines = [host, `cookie: ${shopper.cookie}`, `x-ticket: ${ticket}`, 'connection: close'];
      const answer = await raw(scene.stack.siteUrl, `POST ${path}?sku=lamp HTTP/1.1`, [
        ...lines,
        'content-length: 0',
      ]);
      expect([path, statusOf(answer) >= 400 && statusOf(answer) < 500]).toEqual([path, true]);
      expect([path, behind.invocations()]).toEqual([path, before]);
    }
    expect(await scene.dump()).toEqual(untouched);
  });
});

const ask = (path: string) =>
  raw(scene.stack.siteUrl, `GET ${path} HTTP/1.1`, [
    `host: ${new URL(scene.stack.siteUrl).host}`,
    'connection: close',
  ]);

const locationOf = (answer: string) => /\r\nlocation: (.*)\r\n/i.exec(answer)?.[1];

describe('two requests in one', () => {
  const host = () => `host: ${new URL(scene.stack.siteUrl).host}`;

  test.each([
    ['a length and chunks', ['content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\nX'],
    ['two lengths', ['content-length: 5', 'content-length: 0'], 'hello'],
    ['a length that is none', ['content-length: +5'], 'hello'],
    ['a chunked that is none', ['transfer-encoding: xchunked'], '0\r\n\r\n'],
    ['a header name with a space', ['transfer-encoding : chunked'], '0\r\n\r\n'],
  ])('are refused: %s', async (_, headers, body) => {
    const from = behind.arrived.length;
    const line = `DELETE /api/orders/${orderId} HTTP/1.1`;
    const lines = [host(), `cookie: ${shopper.cookie}`, 'connection: close', ...headers];
    const answer = await raw(scene.stack.siteUrl, line, [...lines, '', body]);
    expect(statusOf(answer)).toBe(400);
    expect(behind.arrived.length).toBe(from);
  });

  test('a header whose value has a line break is none', async () => {
    await expect(
      shopper.ask('GET', `/api/orders/${orderId}`, { 'x-device': 'a\r\nx-api-key: stolen' }),
    ).rejects.toThrow(/Invalid character/);
    const inQuery = '?x=%0d%0ax-api-key:%20stolen%0d%0aset-cookie:%20a=b';
    const { status, headers } = await shopper.ask('GET', `/api/orders/${orderId}${inQuery}`);
    expect([status, headers['set-cookie']]).toEqual([200, undefined]);
    const page = await ask(`/sales/bad${inQuery}`);
    expect(statusOf(page)).toBe(301);
    expect(page).not.toMatch(/\r\n(set-cookie|x-api-key):/i);
    expect(locationOf(page)).toBe(`/sales/bad/${inQuery}`);
  });
});

describe('a page that moves', () => {
  test.each([
    '/sales//evil.example',
    '//evil.example/sales/bad',
    '/\\evil.example/sales/bad',
    '/sales/bad/..//evil.example',
    '/sales/%2f%2fevil.example',
    '/sales/bad?//evil.example',
    '/sales/bad@evil.example',
  ])('leads to nowhere but this site: %s', async (path) => {
    const location = locationOf(await ask(path));
    if (location !== undefined) {
      expect(new URL(location, scene.stack.siteUrl).origin).toBe(scene.stack.siteUrl);
      expect(location).toMatch(/^\/sales\/[A-Za-z0-9-]+\//);
    }
  });
});
