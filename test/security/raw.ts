/** @module Requests as they are written: `fetch` and Node's client would tidy them first. */

import { connect } from 'node:net';

/** Sends a request line and what follows it; answers all that comes back until the server closes. */
export const raw = (siteUrl: string, line: string, rest: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(siteUrl);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(`${[line, ...rest].join('\r\n')}\r\n\r\n`);
  });

export const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
