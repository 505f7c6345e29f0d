/** @module Requests whose answers two places must agree on, whatever runs behind their CloudFront. */

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientsOf } from './clients.ts';
import type { Crowd } from './crowd.ts';
import type { Place } from './place.ts';

/** What was seen, by what was asked. */
export type Seen = Record<string, string>;

type Probe = readonly [
  name: string,
  method: string,
  path: string,
  headers?: Readonly<Record<string, string>>,
];

const SIGNED = { 'x-payment-signature': 't=1,v1=none', 'content-type': 'application/json' };

const PROBES: readonly Probe[] = [
  ['the time', 'GET', '/api/time'],
  ['the whereabouts', 'GET', '/api/where'],
  ['a sale that is not there', 'GET', '/api/sales/none'],
  ['the sale', 'GET', '/api/sales/crowd'],
  ['a path that is not there', 'GET', '/api/none'],
  ['a method that is not there', 'PATCH', '/api/orders/none'],
  ['an order without a session', 'GET', '/api/orders/none'],
  ['a webhook without a body', 'POST', '/api/payments/events', SIGNED],
  ['a path in broken UTF-8', 'GET', '/api/orders/%ff'],
  ['a double slash', 'GET', '//api/time'],
  ['a list of sales', 'GET', '/sales/index.json'],
  ['a file that is not there', 'GET', '/sales/none/sale.json'],
  ['a file that must not be written', 'PUT', '/sales/index.json'],
];

/** Asks it all after the crowd has bought, for one who came too late. */
export async function seeAnswers(url: string, crowd: Crowd, doorKey: string): Promise<Seen> {
  const seen: Seen = {};
  for (const [name, method, path, headers = {}] of PROBES) {
    seen[name] = await saidBy(await fetch(`${url}${path}`, { method, headers }));
  }
  const { shopper } = crowd.empty[0]!;
  const signedIn = { cookie: shopper.cookie, 'x-ticket': await shopper.ticket('crowd') };
  const buys = {
    'a buy that comes too late': 'sku=lamp&quantity=1',
    'a buy of an unknown item': 'sku=none&quantity=1',
    'a buy that names the item twice, rightly the second time': 'sku=none&sku=lamp&quantity=1',
  };
  for (const [name, query] of Object.entries(buys)) {
    const to = `${url}/api/sales/crowd/${doorKey}/orders?${query}`;
    seen[name] = await saidBy(await fetch(to, { method: 'POST', headers: signedIn }));
  }
  seen['the headers of a page'] = policyHeaders(await fetch(`${url}/sales/index.json`));
  return seen;
}

/** Whether a file comes from the cache that may be kept for a year, the second time. */
export async function seeCache({ endpoint, deployment }: Place, url: string): Promise<Seen> {
  const s3 = new S3Client({ ...clientsOf(endpoint), forcePathStyle: true });
  const object = { Bucket: deployment.outputs.SiteBucket, Key: 'assets/kept.txt' };
  const CacheControl = 'public, max-age=31536000, immutable';
  await s3.send(new PutObjectCommand({ ...object, Body: 'kept', CacheControl }));
  await (await fetch(`${url}/${object.Key}`)).text();
  const { headers } = await fetch(`${url}/${object.Key}`);
  return { 'a file twice that may be kept': headers.get('x-cache')?.toLowerCase() ?? 'no x-cache' };
}

/** Status, type and code; no text, which may have times and ids. */
async function saidBy(answer: Response): Promise<string> {
  const type = answer.headers.get('content-type')?.split(';')[0] ?? 'no type';
  const text = await answer.text();
  const code = /"code":"([a-z-]+)"/.exec(text)?.[1] ?? '';
  return [answer.status, type, code].join(' ').trim();
}

/** Names of headers that the site's own policy sets. */
const policyHeaders = ({ headers }: Response): string =>
  [...headers.keys()]
    .filter((name) => /policy|transport|content-type-options|frame|referrer/.test(name))
    .sort()
    .join(' ');
