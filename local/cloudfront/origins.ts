/** @module Where a distribution gets its answers from: a bucket, or a REST API of this stack. */

import type { RestApi } from '../api/rest-api.ts';
import type { EngineClient } from '../engines/engine-client.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { OriginPart } from './edge-parts.ts';

export type Origin = (request: HttpRequest) => Promise<HttpResponse>;

export type OriginsOptions = {
  /** By `<api id>/<stage>`. */
  readonly apis: ReadonlyMap<string, RestApi>;
  readonly buckets: EngineClient;
};

/** @throws {Error} naming the origin, when its domain is of neither kind */
export function originOf(part: OriginPart, { apis, buckets }: OriginsOptions): Origin {
  const bucket = /^(.+)\.s3\.[a-z0-9-]*\.?amazonaws\.com$/.exec(part.domain)?.[1];
  if (bucket !== undefined) return bucketOrigin(bucket, part.path, buckets);
  const apiId = /^([^.]+)\.execute-api\./.exec(part.domain)?.[1];
  const api = apis.get(`${apiId}${part.path}`);
  if (api !== undefined) return (request) => api.handle(request);
  throw new Error(
    `Cannot run origin "${part.id}": "${part.domain}${part.path}" is no bucket or API of this stack`,
  );
}

const KEPT = [
  'content-type',
  'etag',
  'last-modified',
  'cache-control',
  'content-encoding',
  'content-disposition',
  'content-language',
];

const bucketOrigin =
  (bucket: string, prefix: string, buckets: EngineClient): Origin =>
  async ({ method, path, headers: { 'if-none-match': known } }) => {
    const { status, headers, body } = await buckets.forward({
      method,
      path: `/${bucket}${prefix}${path}`,
      headers: {},
      body: '',
    });
    const kept = KEPT.filter((name) => headers[name] !== undefined);
    const sent = Object.fromEntries(kept.map((name) => [name, String(headers[name])]));
    const isSame = status === 200 && known !== undefined && known === sent['etag'];
    return isSame ? { status: 304, headers: sent, body: '' } : { status, headers: sent, body };
  };
