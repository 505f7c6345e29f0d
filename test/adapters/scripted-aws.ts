/** @module An AWS that answers as it is told, over HTTP or TLS, and remembers what it was asked. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type Listening, listen } from '../../local/listening.ts';

/** One answer, and what becomes of it on its way. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** After half of the body: nothing more, or the connection is reset or closed. After all of it: it is closed. */
  readonly ends?: 'stalls' | 'is reset' | 'is cut' | 'closes';
};

/** What a request meets: an answer, a connection that is reset, or nothing at all. */
export type Meeting = Answer | 'reset' | 'silence';

/** A request as it came. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** One character a byte. */
  readonly body: string;
  /** The client's end of the connection. */
  readonly from: string;
  /** When it had come, in ms of this process. */
  readonly at: number;
};

export type ScriptedAws = Listening & {
  readonly asked: readonly Asked[];
  /** Lets what stalled go on to its end. */
  release(): void;
};

export const ok = (body: object | string = {}, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** @param meetings what each request meets, in turn; the last is met by all that follow, unless there is a function */
export async function scriptedAws(
  meetings: readonly Meeting[] | ((asked: Asked) => Meeting),
  tls?: ServerOptions,
): Promise<ScriptedAws> {
  const asked: Asked[] = [];
  const stalled: (() => void)[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const seen = await seenOf(request);
    asked.push(seen);
    const meeting =
      typeof meetings === 'function'
        ? meetings(seen)
        : (meetings[asked.length - 1] ?? meetings.at(-1));
    if (meeting === 'reset') request.socket.resetAndDestroy();
    else if (meeting !== 'silence' && meeting !== undefined) answer(response, meeting, stalled);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const listening = await listen(server as ReturnType<typeof createServer>, 0);
  return {
    asked,
    url: tls ? listening.url.replace('http://127.0.0.1', 'https://localhost') : listening.url,
    close: () => listening.close(),
    release: () => {
      for (const go of stalled.splice(0)) go();
    },
  };
}

async function seenOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  return {
    method,
    path: url,
    headers: headers as Record<string, string>,
    body: Buffer.concat(chunks).toString('latin1'),
    from: `${request.socket.remotePort}`,
    at: performance.now(),
  };
}

function answer(
  response: ServerResponse,
  { status, headers = {}, body = '', ends }: Answer,
  stalled: (() => void)[],
): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  if (ends === undefined || ends === 'closes') {
    response.end(body, () => ends && response.socket?.end());
    return;
  }
  const half = body.slice(0, body.length / 2);
  response.write(half, () => {
    if (ends === 'is reset') response.socket?.resetAndDestroy();
    else if (ends === 'is cut') response.socket?.end();
    else stalled.push(() => response.end(body.slice(half.length)));
  });
}
