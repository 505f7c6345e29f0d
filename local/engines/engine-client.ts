/** @module How an engine is called, be it by HTTP or otherwise. */

import type { AwsRequest, AwsResponse } from '../services/aws-http.ts';

/** What speaks a JSON protocol: tables. */
export interface JsonEngine {
  /** Sends a request, of whose headers only the target matters. */
  json(target: string, body: string | Uint8Array): Promise<AwsResponse>;
  close(): Promise<void>;
}

/** What speaks REST too: queues and buckets. */
export interface EngineClient extends JsonEngine {
  json(target: string, body: string | Uint8Array, signal?: AbortSignal): Promise<AwsResponse>;
  /** Forwards a request as it is. */
  forward(request: AwsRequest): Promise<AwsResponse>;
}

/** dynoxide demands a signature and its date, and looks at neither. */
export const JSON_HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

const NOT_FORWARDED = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'transfer-encoding',
]);

/** The headers that are an engine's business, and not the connection's. */
export const forwardedHeaders = (
  headers: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name.toLowerCase())),
  );
