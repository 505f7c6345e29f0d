/** @module Between HTTP and the events of CloudFront Functions. */

import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { EdgeEvent, EdgeRequest, EdgeResponse, EdgeValue } from './edge-function.ts';

export function edgeEvent(request: HttpRequest, distributionId: string): EdgeEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: request.headers['host'] ?? '',
      distributionId,
      eventType: 'viewer-request',
      requestId: randomUUID(),
    },
    viewer: { ip: request.sourceIp },
    request: {
      method: request.method,
      uri: request.path,
      querystring: queryOf(request.search),
      headers: headersOf(request.headers),
      cookies: cookiesOf(request.headers['cookie']),
    },
  };
}

/** What the function made of the request. */
export function requestOf(edge: EdgeRequest, original: HttpRequest): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, { value }] of Object.entries(edge.headers)) headers[name.toLowerCase()] = value;
  const cookies = pairsOf(edge.cookies, '; ');
  if (cookies !== '') headers['cookie'] = cookies;
  return {
    method: original.method,
    path: edge.uri,
    search: pairsOf(edge.querystring, '&'),
    headers,
    body: original.body,
    sourceIp: original.sourceIp,
  };
}

export function responseOf({
  statusCode,
  headers = {},
  cookies,
  body,
}: EdgeResponse): HttpResponse {
  const all: Record<string, string | string[]> = {};
  for (const name of Object.keys(headers)) {
    const { value, multiValue } = headers[name] ?? NO_VALUE;
    all[name.toLowerCase()] = multiValue?.map((one) => one.value) ?? value;
  }
  const lines = cookies === undefined ? [] : cookieLines(cookies);
  if (lines.length > 0) all['set-cookie'] = lines;
  return { status: statusCode, headers: all, body: bodyOf(body) };
}

const NO_VALUE: EdgeValue = { value: '' };

const cookieLines = (cookies: Readonly<Record<string, EdgeValue>>): string[] =>
  Object.entries(cookies).flatMap(([name, { value, attributes, multiValue }]) =>
    (multiValue ?? [{ value, ...(attributes && { attributes }) }]).map((one) =>
      cookieLine(name, one),
    ),
  );

const cookieLine = (name: string, { value, attributes }: EdgeValue): string =>
  attributes === undefined || attributes === ''
    ? `${name}=${value}`
    : `${name}=${value}; ${attributes}`;

function bodyOf(body: EdgeResponse['body']): Uint8Array | string {
  if (body === undefined || typeof body === 'string') return body ?? '';
  return body.encoding === 'base64' ? Buffer.from(body.data, 'base64') : body.data;
}

/** The answer of an origin, for a function that may change all but its body. */
export const edgeResponseOf = ({ status, headers }: HttpResponse): EdgeResponse => ({
  statusCode: status,
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'set-cookie')
      .map(([name, value]) => [name, { value: [value].flat().join(', ') }]),
  ),
  cookies: Object.fromEntries([headers['set-cookie'] ?? []].flat().map(cookieOf)),
});

function cookieOf(line: string): [string, EdgeValue] {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  return [pair.slice(0, at), { value: pair.slice(at + 1), attributes: attributes.join('; ') }];
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, EdgeValue> {
  const found = noValues();
  for (const name in headers) {
    if (name !== 'cookie') found[name] = { value: headers[name] ?? '' };
  }
  return found;
}

/** Without a prototype: viewers choose the names, and `__proto__` is one like any other. */
const noValues = (): Record<string, EdgeValue> => Object.create(null);

/** Values stay encoded, as CloudFront leaves them. */
function queryOf(search: string): Record<string, EdgeValue> {
  const found = noValues();
  if (search === '') return found;
  for (const pair of search.split('&')) addPair(found, pair);
  return found;
}

function cookiesOf(header: string | undefined): Record<string, EdgeValue> {
  const found = noValues();
  if (header === undefined) return found;
  for (const pair of header.split(';')) addPair(found, pair.trim());
  return found;
}

function addPair(found: Record<string, EdgeValue>, pair: string) {
  if (pair === '') return;
  const at = pair.indexOf('=');
  const name = at < 0 ? pair : pair.slice(0, at);
  const value = at < 0 ? '' : pair.slice(at + 1);
  const known = found[name];
  if (known === undefined) found[name] = { value };
  else {
    // CloudFront shows the last value, and all of them beside it.
    known.multiValue ??= [{ value: known.value }];
    known.multiValue.push({ value });
    known.value = value;
  }
}

function pairsOf(values: Readonly<Record<string, EdgeValue>>, separator: '; ' | '&'): string {
  const pairs: string[] = [];
  for (const [name, one] of Object.entries(values)) {
    for (const { value } of one.multiValue ?? [one]) {
      pairs.push(value === '' && separator === '&' ? name : `${name}=${value}`);
    }
  }
  return pairs.join(separator);
}
