/** @module A request as the SDK hands it to its transport, turned into ours. */

import { type AwsRequest, textOf } from '../services/aws-http.ts';

export type SdkRequest = {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export async function requestOf(request: SdkRequest): Promise<AwsRequest> {
  const { method, headers } = request;
  const body = await bodyOf(request.body);
  if (headers['x-amz-target'] !== undefined) {
    return { method, path: '/', headers, body: textOf(body) };
  }
  const lower = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return { method, path: pathOf(request), headers: Object.fromEntries(lower), body };
}

/** Buckets may stand in the host name; ours stand in the path. */
function pathOf({ hostname, path, query = {} }: SdkRequest): string {
  const bucket = /^(.+)\.s3[.-]/.exec(hostname)?.[1];
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const values = value === null ? [undefined] : [value].flat();
    return values.map((one) =>
      one === undefined
        ? encodeURIComponent(name)
        : `${encodeURIComponent(name)}=${encodeURIComponent(one)}`,
    );
  });
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${bucket === undefined ? '' : `/${bucket}`}${path}${search}`;
}

async function bodyOf(body: unknown): Promise<string | Uint8Array> {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body === undefined || body === null) return '';
  if (ArrayBuffer.isView(body))
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
