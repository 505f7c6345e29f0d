/** @module HTTP to an engine on loopback. One request at a time on each connection: dynoxide stalls when pipelined. */

import { type Dispatcher, Pool } from 'undici';
import type { AwsRequest, AwsResponse } from '../services/aws-http.ts';
import { responseHandler } from './response-handler.ts';

/** dynoxide demands both headers, and looks at neither. */
const SIGNATURE = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request, SignedHeaders=host;x-amz-date, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

/** More than a browser crowd has in flight at once through one front. */
const CONNECTIONS = 64;

const NOT_FORWARDED = new Set([
  'host',
  'connection',
  'content-length',
  'expect',
  'transfer-encoding',
]);

type Outgoing = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

export class EngineClient {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool(url, {
      connections: CONNECTIONS,
      pipelining: 1,
      bodyTimeout: 0,
      headersTimeout: 0,
    });
  }

  /** Sends a request of the JSON protocols, whose few headers matter. */
  json(target: string, body: string | Uint8Array, signal?: AbortSignal): Promise<AwsResponse> {
    const headers = {
      'x-amz-target': target,
      'content-type': 'application/x-amz-json-1.0',
      ...SIGNATURE,
    };
    return this.send({ method: 'POST', path: '/', headers, body }, signal);
  }

  /** Forwards a request as it is, signed so that the engine accepts it. */
  forward({ method, path, headers, body }: AwsRequest): Promise<AwsResponse> {
    const kept = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name.toLowerCase()));
    return this.send({
      method,
      path,
      headers: { ...Object.fromEntries(kept), ...SIGNATURE },
      body,
    });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  /** Without the streams that undici makes of a response: they cost as much as everything else together. */
  private send({ body, ...request }: Outgoing, signal?: AbortSignal): Promise<AwsResponse> {
    return new Promise((resolve, reject) => {
      const options = { ...request, body: body.length === 0 ? null : body };
      const handler = responseHandler(resolve, reject, signal);
      this.pool.dispatch(options as Dispatcher.DispatchOptions, handler);
    });
  }
}
