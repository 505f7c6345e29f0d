/** @module The sale that the `handler` scenario sells, and presses of Buy as API Gateway hands them over. */

import { randomBytes } from 'node:crypto';
import { sign } from '../adapters/hmac.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { openSale } from './open-sale.ts';

export const KEYS = { active: 'k1', k1: 'a key of forty-three characters, as deployed' };

/** The item that has units, and the one whose last unit is gone. */
export const SKUS = { win: 'unit', late: 'gone' } as const;

export type Press = keyof typeof SKUS;

const HOUR_MS = 3_600_000;

export function openedSale(now: number): PublishedSale {
  const sale = openSale(100_000, now - HOUR_MS);
  return {
    ...sale,
    items: sale.items.flatMap((item) => Object.values(SKUS).map((sku) => ({ ...item, sku }))),
    doorKey: 'd'.repeat(22),
    salt: 's'.repeat(43),
    slotSeed: 'f'.repeat(64),
    publishedAt: now - 2 * HOUR_MS,
  };
}

/** A press of Buy by somebody who never pressed before. */
export function pressOf(sale: PublishedSale, press: Press, now: number): object {
  const shopper = `g-${randomBytes(16).toString('base64url')}`;
  const transaction = randomBytes(16).toString('base64url');
  const expires = now + 24 * HOUR_MS;
  const session = sign(KEYS, 'session', { u: shopper, t: transaction, e: expires / 1000 });
  const headers = {
    ...FROM_CLOUDFRONT,
    cookie: `fs_session=${session}`,
    'x-ticket': sign(KEYS, 'ticket', { s: sale.id, f: 0, e: expires }, shopper),
    'x-transaction-id': transaction,
  };
  const path = `/api/sales/${sale.id}/${sale.doorKey}/orders`;
  const query = { sku: SKUS[press] };
  return {
    resource: '/api/sales/{sale}/{doorKey}/orders',
    path,
    httpMethod: 'POST',
    headers,
    multiValueHeaders: listed(headers),
    queryStringParameters: query,
    multiValueQueryStringParameters: listed(query),
    pathParameters: { sale: sale.id, doorKey: sale.doorKey },
    stageVariables: null,
    requestContext: { requestId: transaction, httpMethod: 'POST', path, stage: 'api' },
    body: null,
    isBase64Encoded: false,
  };
}

const listed = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

/** What a browser sends, and CloudFront and API Gateway add. */
const FROM_CLOUDFRONT = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
  'cloudfront-viewer-address': '192.0.2.1:46532',
  'cloudfront-viewer-country': 'DE',
  'cloudfront-viewer-latitude': '52.51960',
  'cloudfront-viewer-longitude': '13.40690',
  'cloudfront-viewer-ja4-fingerprint': 't13d1516h2_8daaf6152771_b0da82dd1658',
  Host: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  via: '2.0 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)',
  'x-amz-cf-id': 'x'.repeat(56),
  'X-Amzn-Trace-Id': 'Root=1-69210000-0123456789abcdef01234567',
  'x-api-key': 'k'.repeat(40),
  'x-device': 'd'.repeat(22),
  'X-Forwarded-For': '192.0.2.1, 130.176.1.1',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};
