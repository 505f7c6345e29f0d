/** @module HTTP for the providers' servers: bodies in, answers out. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens on loopback and answers the port; 0 takes any that is free.
 *
 * @throws {Error} naming what cannot start, and the port, when it is taken
 */
export function listen(server: Server, port: number, what: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be used: ${cause.message}`;
      fail(new Error(`Cannot start the ${what}: port ${port} ${why}`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });
}

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Larger than any request that the provider takes. */
const MAX_BODY_BYTES = 65_536;

/** The body as text, or nothing when it is too large. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString();
}

/** The body's JSON object, or nothing when it is none. */
export async function jsonOf(
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value = JSON.parse((await bodyOf(request)) ?? '');
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { 'cache-control': 'no-store', ...headers });
  response.end(body);
}

export const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export const problem = (status: number, code: string, detail: string): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: `urn:payment-sandbox:problem:${code}`, status, code, detail }),
});

/** A page; `formTarget` is the one other origin that its forms may lead to. */
export const html = (status: number, body: string, formTarget = ''): Reply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${formTarget}; frame-ancestors 'none'; base-uri 'none'`,
  },
  body,
});

export const seeOther = (location: string): Reply => ({
  status: 303,
  headers: { location },
  body: '',
});
