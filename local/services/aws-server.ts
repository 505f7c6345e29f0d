/** @module The AWS endpoint: every API of the stack on one port, for SDK clients in other processes. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listen } from '../listening.ts';
import type { AwsRequest } from './aws-http.ts';
import type { Dispatch } from './dispatcher.ts';

export class AwsServer {
  /** Set before the first request arrives. */
  dispatch: Dispatch | undefined;
  private listening: Listening | undefined;

  async start(port: number): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      void this.answer(incoming, outgoing);
    });
    this.listening = await listen(server, port);
    return this.listening.url;
  }

  stop(): Promise<void> {
    return this.listening?.close() ?? Promise.resolve();
  }

  private async answer(incoming: IncomingMessage, outgoing: ServerResponse) {
    try {
      const { dispatch } = this;
      if (dispatch === undefined) throw new Error('Cannot answer yet: the stack is starting');
      const { status, headers, body } = await dispatch(await requestOf(incoming));
      const { 'transfer-encoding': _, connection: __, ...kept } = headers;
      outgoing.writeHead(status, {
        ...kept,
        ...(incoming.method !== 'HEAD' && { 'content-length': `${body.length}` }),
      });
      outgoing.end(body);
    } catch (error) {
      outgoing.writeHead(500, { 'content-type': 'application/json' });
      outgoing.end(
        JSON.stringify({ __type: 'InternalFailure', message: (error as Error).message }),
      );
    }
  }
}

async function requestOf(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}
