/** @module HTTP for the lean client: one timer a call, one write, and the answer's body as bytes. */

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpRequest } from '@smithy/types';

/** What sends a request and gives the whole answer. */
export type Transport = {
  handle(request: HttpRequest): Promise<{ readonly response: HttpResponse }>;
};

/** As in the SDK. */
const AGENT = { keepAlive: true, maxSockets: 50 };

/** What the SDK takes for a time-out too. */
const LOST: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

const timedOut = <E extends Error>(error: E): E => Object.assign(error, { name: 'TimeoutError' });

/**
 * Connections stay open between calls. A call whose answer is not there to its last byte in time ends with a
 * `TimeoutError`; the SDK's transport waits for the first byte alone.
 */
export function httpTransport(timeoutMs: number): Transport {
  const overHttp = { send: httpRequest, agent: new HttpAgent(AGENT) };
  const overTls = { send: httpsRequest, agent: new HttpsAgent(AGENT) };
  return {
    handle: ({ protocol, hostname, port, method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const { send, agent } = protocol === 'https:' ? overTls : overHttp;
        // A list of headers is written as it is; members of an object are taken over one by one before.
        const outgoing = send({ hostname, port, method, path, headers: flat(headers), agent });
        const timer = setTimeout(() => {
          const why = `No answer of "${hostname}" in ${timeoutMs} ms`;
          outgoing.destroy(Object.assign(new Error(why), { code: 'ETIMEDOUT' }));
        }, timeoutMs);
        const fail = (error: NodeJS.ErrnoException) => {
          clearTimeout(timer);
          reject(LOST.has(error.code) ? timedOut(error) : error);
        };
        outgoing.on('error', fail);
        outgoing.on('response', (incoming) =>
          collect(incoming, fail, (response) => {
            clearTimeout(timer);
            resolve({ response });
          }),
        );
        // A body of bytes would be written apart from the headers. As a string of one byte a character it goes with them.
        outgoing.end(bytesOf(body).toString('latin1'), 'latin1');
      }),
  };
}

const bytesOf = (body: string | Uint8Array): Buffer =>
  typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

const flat = (headers: HttpRequest['headers']): string[] => Object.entries(headers).flat();

function collect(
  incoming: IncomingMessage,
  fail: (error: Error) => void,
  done: (response: HttpResponse) => void,
): void {
  const chunks: Buffer[] = [];
  incoming.on('error', fail);
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const { statusCode = 0, headers } = incoming;
    const [first, ...others] = chunks;
    const body = others.length === 0 ? first : Buffer.concat(chunks);
    done(new HttpResponse({ statusCode, headers: headers as Record<string, string>, body }));
  });
}
