/** @module A bare `node:http` server: what this machine could answer if nothing had to be decided. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type BareServer = { readonly origin: string; stop(): Promise<void> };

/** Answers every request with a status and a small JSON body. */
export async function startBareServer(status: number): Promise<BareServer> {
  const body = JSON.stringify({ status });
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
