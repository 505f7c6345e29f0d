/** Products and drafts through the operators' API. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askAs, type Office, openOffice } from './office.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let office: Office;
let scene: Scene;
let olivia: string;

beforeAll(async () => {
  office = await openOffice();
  scene = await startScene({}, { parameters: office.parameters });
  olivia = await office.token();
}, 60_000);

afterAll(async () => {
  await scene?.stop();
  await office?.stop();
});

const ask = (method: string, path: string, body?: object) =>
  askAs(scene, olivia, method, path, body);

const LAMP = { name: 'Lamp', price: 1200, currency: 'EUR', total: 100 };

describe('products', () => {
  test('are put one by one, and again without a change', async () => {
    expect((await ask('PUT', '/products/LAMP', LAMP)).body['kind']).toBe('added');
    expect((await ask('PUT', '/products/LAMP', LAMP)).body['kind']).toBe('unchanged');
    const { body } = await ask('GET', '/products');
    expect(body['products']).toMatchObject([{ sku: 'LAMP', ...LAMP, allocated: 0, free: 100 }]);
  });

  test('with mistakes are refused, each by its place', async () => {
    const { status, body } = await ask('PUT', '/products/LAMP', {
      ...LAMP,
      price: -1,
      total: 'many',
    });
    expect([status, body['code']]).toEqual([422, 'invalid']);
    const places = body['mistakes'].map(({ path }: { path: string }) => path);
    expect(places.sort()).toEqual(['price', 'total']);
  });

  test('come as rows too: good ones are kept, bad ones are told with their lines', async () => {
    const rows = 'sku,name,price,currency,total\nA,First,100,EUR,5\nB,Second,x,EUR,6\n';
    const send = () =>
      scene.ask('POST', '/api/operator/products/import', {
        headers: { authorization: `Bearer ${olivia}`, 'content-type': 'text/csv; charset=utf-8' },
        body: Buffer.from(rows),
      });
    expect((await send()).body).toMatchObject({
      ...{ added: 1, changed: 0, unchanged: 0, refused: 1 },
      rows: [
        { line: 3, fate: 'refused', faults: [{ path: 'price' }] },
        { line: 2, fate: 'added' },
      ],
    });
    expect((await send()).body).toMatchObject({ added: 0, unchanged: 1, refused: 1 });
  });

  test('beyond a megabyte of rows are for the bucket', async () => {
    const send = (bytes: number) =>
      scene.ask('POST', '/api/operator/products/import', {
        headers: { authorization: `Bearer ${olivia}`, 'content-type': 'text/csv' },
        body: Buffer.from('sku\n'.padEnd(bytes, '\n')),
      });
    expect((await send(1024 * 1024)).status).toBe(200);
    expect((await send(1024 * 1024 + 1)).body['code']).toBe('bad-request');
  });
});

describe('a draft', () => {
  const aFile = (changes: object = {}) => {
    const now = scene.stack.clock.now();
    return {
      ...{ id: 'evening', title: 'An evening', currency: 'EUR', timeZone: 'Europe/Berlin' },
      opensAt: new Date(now + 10 * MINUTE_MS).toISOString(),
      closesAt: new Date(now + 60 * MINUTE_MS).toISOString(),
      admission: { expectedShoppers: 100, perSecond: 50 },
      items: [{ product: 'LAMP', units: 20, limit: 2 }],
      ...changes,
    };
  };

  beforeAll(() => ask('PUT', '/products/LAMP', LAMP));

  test('is checked without a trace: good, with mistakes by their places, or impossible', async () => {
    const check = (changes: object) => ask('POST', '/drafts/check', { sale: aFile(changes) });
    expect((await check({})).body).toMatchObject({ kind: 'good' });
    const wrong = await check({ title: '', items: [{ product: 'LAMP', units: 0 }] });
    expect(wrong.status).toBe(422);
    const places = wrong.body['mistakes'].map(({ path }: { path: string }) => path);
    expect(places).toEqual(expect.arrayContaining(['title', 'items[0].units']));
    const many = await check({ items: [{ product: 'LAMP', units: 101, limit: 1 }] });
    const note = 'Product "LAMP" has 100 free units, not 101';
    expect(many.body).toEqual({ kind: 'impossible', notes: [note] });
    expect((await ask('GET', '/drafts')).body['drafts']).toEqual([]);
  });

  test('is saved by version, so that nobody overwrites what they have not seen', async () => {
    const put = (version: number, changes = {}) =>
      ask('PUT', '/drafts/evening', { version, sale: aFile(changes) });
    const first = await put(0);
    expect(first.body).toMatchObject({ version: 1, sale: { title: 'An evening' } });
    expect((await put(1, { title: 'Another' })).body['version']).toBe(2);
    const stale = await put(1, { title: 'A third' });
    expect([stale.status, stale.body['reason']]).toEqual([409, 'stale']);
    expect((await put(9)).body['reason']).toBe('stale');
    const elsewhere = await ask('PUT', '/drafts/other', { version: 0, sale: aFile() });
    expect(elsewhere.body['code']).toBe('bad-request');
    expect((await ask('GET', '/drafts/evening')).body).toMatchObject({ version: 2 });
    expect((await ask('GET', '/drafts')).body['drafts']).toMatchObject([
      { id: 'evening', items: 1 },
    ]);
    expect((await ask('GET', '/drafts/nowhere')).body['code']).toBe('unknown-draft');
  });

  test('is dropped by the version that was seen', async () => {
    await ask('PUT', '/drafts/gone', { version: 0, sale: aFile({ id: 'gone' }) });
    expect((await ask('DELETE', '/drafts/gone?version=0')).body['reason']).toBe('stale');
    expect((await ask('DELETE', '/drafts/gone')).body['code']).toBe('bad-request');
    expect((await ask('DELETE', '/drafts/gone?version=1')).status).toBe(204);
    expect((await ask('DELETE', '/drafts/gone?version=1')).body['code']).toBe('unknown-draft');
  });

  test('is published as it was seen, takes its units, and is no draft any more', async () => {
    const sale = aFile({ id: 'night' });
    const { body } = await ask('PUT', '/drafts/night', { version: 0, sale });
    const publish = (version: unknown) => ask('POST', '/drafts/night/publish', { version });
    expect((await publish(body['version'] + 1)).body['reason']).toBe('stale');
    expect((await publish('1')).body['code']).toBe('bad-request');
    expect((await publish(body['version'])).body).toEqual({ kind: 'published', id: 'night' });
    // The answer was lost.
    expect((await publish(body['version'])).body).toEqual({ kind: 'published', id: 'night' });
    expect((await ask('GET', '/drafts/night')).body['code']).toBe('unknown-draft');
    expect((await ask('GET', '/sales/night')).body).toMatchObject({
      ...{ phase: 'scheduled', items: [{ sku: 'LAMP', units: 20, priceMinor: 1200 }] },
    });
    const { body: after } = await ask('GET', '/products');
    expect(after['products']).toContainEqual(expect.objectContaining({ sku: 'LAMP', free: 80 }));
    const fewer = await ask('PUT', '/products/LAMP', { ...LAMP, total: 19 });
    expect([fewer.status, fewer.body['reason']]).toEqual([409, 'too-few']);
    const again = await ask('PUT', '/drafts/night', { version: 0, sale });
    expect(again.body['reason']).toBe('published');
  });

  test('that lets in more than gets through is published only on purpose', async () => {
    const sale = aFile({ id: 'rush', admission: { expectedShoppers: 0, perSecond: 5001 } });
    expect((await ask('POST', '/drafts/check', { sale })).body['kind']).toBe('too-much');
    const { body } = await ask('PUT', '/drafts/rush', { version: 0, sale });
    const publish = (more: object) =>
      ask('POST', '/drafts/rush/publish', { version: body['version'], ...more });
    expect((await publish({})).body['reason']).toBe('too-much');
    expect((await publish({ overLimit: true })).body['kind']).toBe('published');
  });
});

describe('without an issuer for operators', () => {
  test('nobody gets in, and everybody is told why', async () => {
    const without = await startScene();
    try {
      for (const path of ['/sign-in', '/me', '/sales']) {
        const { status, body } = await askAs(without, olivia, 'GET', path);
        expect([status, body['code']]).toEqual([403, 'operators-not-configured']);
      }
    } finally {
      await without.stop();
    }
  }, 60_000);
});
