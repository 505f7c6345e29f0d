/** @module Any DynamoDB-compatible server in place of dynoxide, over HTTP. */

import { Pool } from 'undici';
import type { AwsResponse } from '../services/aws-http.ts';
import { JSON_HEADERS, type JsonEngine } from './engine-client.ts';

/** More than a browser crowd has in flight at once through one front. */
const CONNECTIONS = 64;

export class EnginePool implements JsonEngine {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool(url, { connections: CONNECTIONS, bodyTimeout: 0, headersTimeout: 0 });
  }

  async json(target: string, body: string | Uint8Array): Promise<AwsResponse> {
    const headers = { ...JSON_HEADERS, 'x-amz-target': target };
    const answer = await this.pool.request({ method: 'POST', path: '/', headers, body });
    return {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
      body: await answer.body.bytes(),
    };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
