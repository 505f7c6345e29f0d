/** Input that is meant for what lies below: objects of JavaScript, keys of tables, regular expressions. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { literalsIn } from './regex-literals.ts';

let scene: Scene;
let shopper: Shopper;
let orderId: string;
let doorKey: string;
let untouched: readonly string[];

beforeAll(async () => {
  scene = await startScene({
    ...{ id: 'bad', items: [{ units: 100, limit: 3 }] },
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 10, ticketSeconds: 10 },
  });
  await scene.publish({
    id: 'easy',
    // A ticket outlives the slowest machine.
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 600 },
  });
  await scene.open();
  shopper = await scene.enter();
  orderId = await shopper.order('easy');
  doorKey = (await scene.doorKey('easy')) ?? '';
  await scene.stack.settle();
  untouched = await scene.dump();
});

afterAll(() => scene?.stop());

/** What every object has from its prototype: nothing may be added to it. */
const inherited = () => {
  const found: string[] = [];
  for (const name in {}) found.push(name);
  return found;
};

const encoded = (json: string) => Buffer.from(json).toString('base64');

describe('the prototype of all objects stays as it is', () => {
  const POLLUTION = ['__proto__', 'constructor', 'prototype', '__defineGetter__'];

  test.each(POLLUTION)('when a query, a cookie or a header is called %s', async (name) => {
    const headers = {
      cookie: `${name}=polluted; ${name}=twice; ${name}.x=y; ${shopper.cookie}`,
      [name]: 'polluted',
    };
    const query = `${name}=polluted&${name}=twice&${name}[x]=y&${name}.x=y`;
    const asks = [
      scene.ask('GET', `/api/time?${query}`, { headers }),
      scene.ask('GET', `/api/sales/bad?${query}`, { headers }),
      scene.ask('GET', `/api/orders/${orderId}?${query}`, { headers }),
      scene.ask('POST', `/api/session?${query}`, { headers }),
    ];
    const statuses = (await Promise.all(asks)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 204]);
    expect(inherited()).toEqual([]);
  });

  test.each([
    '{"__proto__":{"algorithm":"SHA-256","number":1,"salt":"x","signature":"y"}}',
    '{"constructor":{"prototype":{"number":1}}}',
    '{"salt":{"toString":"x"},"number":1,"signature":{}}',
    '{"salt":["x"],"number":{"valueOf":1},"signature":[[]]}',
    '[]',
    'null',
    '"text"',
    '7',
    '{"salt":null,"number":1e999,"signature":null}',
    `${'['.repeat(1000)}${']'.repeat(1000)}`,
  ])('when a solution is %s', async (json) => {
    const headers = { 'x-solution': encoded(json) };
    const { status, body } = await shopper.ask('POST', '/api/sales/bad/ticket', headers);
    expect([status, body['code']]).toEqual([403, 'challenge-failed']);
    expect(inherited()).toEqual([]);
  });

  test.each([
    '{"type":"payment.succeeded","__proto__":{"payment":{}}}',
    '{"__proto__":{"type":"payment.succeeded"},"constructor":{"prototype":{"polluted":1}}}',
    '{"type":"payment.succeeded","payment":{"__proto__":{"reference":"x"}}}',
  ])('when a webhook is %s', async (body) => {
    const { status } = await scene.ask('POST', '/api/payments/events', { body });
    expect(status).toBe(400);
    expect(inherited()).toEqual([]);
  });
});

/** Texts that would be more than a name in a key, a condition or a query. */
const KEYS = [
  ...['easy#lamp', 'easy#', '#', 'SALE#easy', 'STOCK#easy#lamp#0', 'CLAIM#easy#lamp'],
  ...['{"$gt":""}', '{"S":"easy"}', '[$ne]', '*', '%', '_', "' OR 1=1 --", 'easy\u0000', ':pk'],
  ...['attribute_exists(pk)', '{{sale}}', '$(id)', '`id`', 'easy\nlamp', 'easy\tx'],
  ...['\ud800', '\u202e', 'ｅａｓｙ', 'EASY', 'easy ', ' easy', '0', 'true', 'NaN', 'easy.lamp'],
];

describe('a name that is no name finds nothing, and changes nothing:', () => {
  test.each(KEYS)('%j', async (text) => {
    const name = encodeURIComponent(text.isWellFormed() ? text : '�');
    const ticket = await shopper.ticket('easy');
    const buy = `/api/sales/easy/${doorKey}/orders`;
    const statuses: number[] = [];
    for (const [method, path] of [
      ['GET', `/api/sales/${name}`],
      ['POST', `/api/sales/${name}/ticket`],
      ['POST', `/api/sales/${name}/${doorKey}/orders?sku=lamp`],
      ['POST', `${buy}?sku=${name}`],
      ['POST', `${buy}?sku[$ne]=${name}`],
      ['POST', `${buy}?sku=lamp&quantity=${name}x`],
      ['GET', `/api/orders/${name}`],
      ['GET', `/api/orders/easy.${name}.${'A'.repeat(24)}`],
      ['DELETE', `/api/orders/easy.lamp.${name}`],
    ] as const) {
      const { status } = await shopper.ask(method, path, { 'x-ticket': ticket });
      statuses.push(status);
    }
    expect(statuses.filter((status) => status !== 400 && status !== 404)).toEqual([]);
    expect(await scene.dump()).toEqual(untouched);
  });

  test('and two of one name are not both read', async () => {
    const ticket = await shopper.ticket('easy');
    const path = `/api/sales/easy/${doorKey}/orders?sku=nothing&sku=lamp&quantity=1&quantity=999`;
    const { status } = await shopper.ask('POST', path, { 'x-ticket': ticket });
    expect(status).toBe(400);
    expect(await scene.dump()).toEqual(untouched);
  });
});

/** Code that reads what shoppers send. */
const SOURCES = ['edge', 'lambdas', 'adapters', 'domain'];

const root = fileURLToPath(new URL('../..', import.meta.url));

const patterns = SOURCES.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'build.ts')
    .flatMap((name) =>
      literalsIn(readFileSync(join(root, folder, name), 'utf8')).map(
        (literal) => [`${folder}/${name}`, literal] as const,
      ),
    ),
);

/** As long as a header can be at CloudFront and API Gateway together. */
const LONGEST = 10_240;

/** Texts that make a careless pattern try and try again: long runs of what it is made of, and then a wrong end. */
function pumped(literal: string): readonly string[] {
  const own = [...new Set(literal.replace(/\\[dDwWsSbB]/g, ''))].filter((one) => one !== '\\');
  const units = [...new Set([...own, ...'aA0-_. /:%=;', 'a.', '1:', './', '-a', '0,'])];
  return units.flatMap((unit) => {
    const run = unit.repeat(Math.ceil(LONGEST / unit.length));
    return [`${run}\u0000`, `/api/${run}\u0000`, `k1.${run}!`, `::ffff:${run}x`];
  });
}

describe('no pattern that reads what shoppers send can be made to run on:', () => {
  test('there are such', () => {
    expect(patterns.length).toBeGreaterThan(40);
  });

  test.each(patterns)('%s %s', (_, literal) => {
    const context = createContext({ texts: pumped(literal), found: 0 });
    const code = `for (const text of texts) if (${literal}.test(text)) found += 1; found`;
    // A limit for what never ends: linear ones take milliseconds.
    expect(() => runInContext(code, context, { timeout: 30_000 })).not.toThrow();
  });

  test('and one that can be is found', () => {
    const context = createContext({ text: `${'a'.repeat(60)}!` });
    expect(() => runInContext('/^(a+)+$/.test(text)', context, { timeout: 200 })).toThrow(
      /timed out/,
    );
  });
});
