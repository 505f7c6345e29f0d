/** @module The site's HTTP server: what a browser talks to. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { LARGEST_BODY } from '../api/rest-api.ts';
import type { HttpResponse } from '../http-message.ts';
import { type Listening, listen } from '../listening.ts';
import type { Distribution, ViewerRequest } from './distribution.ts';

export class Front {
  /** Set before the first request arrives. */
  distribution: Distribution | undefined;
  /** The header, in lower case, in which viewers say which address is theirs; nothing: that of the connection. */
  viewerAddressHeader: string | undefined;
  /** Told of what a function at the edge threw. */
  onError: (error: Error) => void = () => {};
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
      const { distribution } = this;
      if (distribution === undefined)
        throw new Error('the stack has no distribution, or is starting');
      send(
        await distribution.handle(viewerRequest(incoming, this.viewerAddressHeader)),
        outgoing,
        incoming.method === 'HEAD',
      );
    } catch (error) {
      this.onError(error as Error);
      unavailable(outgoing, (error as Error).message);
    }
  }
}

function viewerRequest(
  incoming: IncomingMessage,
  addressHeader: string | undefined,
): ViewerRequest {
  const url = incoming.url ?? '/';
  const at = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    search: at < 0 ? '' : url.slice(at + 1),
    ...viewerOf(incoming, addressHeader),
    sourcePort: incoming.socket.remotePort ?? 0,
    readBody: () => bodyOf(incoming),
  };
}

function viewerOf({ headers, socket }: IncomingMessage, addressHeader: string | undefined) {
  const own = {
    headers: headers as Record<string, string>,
    sourceIp: socket.remoteAddress ?? '127.0.0.1',
  };
  if (addressHeader === undefined) return own;
  const { [addressHeader]: said = '', ...rest } = own.headers;
  return { headers: rest, sourceIp: isIP(said) === 0 ? own.sourceIp : said };
}

const NO_BODY = new Uint8Array();

/** Reads no further than one byte more than the API takes, which is enough to refuse it. */
async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return NO_BODY;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    if (size <= LARGEST_BODY) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

function send({ status, headers, body }: HttpResponse, outgoing: ServerResponse, isHead: boolean) {
  const all: Record<string, unknown> = { ...headers };
  all['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  outgoing.writeHead(status, all as Record<string, string>);
  outgoing.end(isHead || status === 304 ? undefined : body);
}

function unavailable(outgoing: ServerResponse, reason: string) {
  if (outgoing.headersSent) {
    outgoing.end();
    return;
  }
  outgoing.writeHead(503, { 'content-type': 'text/plain', 'x-cache': 'Error from cloudfront' });
  outgoing.end(`Cannot answer: ${reason}\n`);
}
