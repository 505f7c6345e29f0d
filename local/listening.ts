/** @module An HTTP server on loopback that says which port is taken, and that closes at once. */

import type { Server } from 'node:http';

export type Listening = { readonly url: string; close(): Promise<void> };

/**
 * Listens on a port of 127.0.0.1; 0 takes any that is free.
 *
 * @throws {Error} naming the port when somebody else has it
 */
export async function listen(server: Server, port: number): Promise<Listening> {
  // Longer than clients keep an idle connection: one that closes under a request is an error for its sender.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'another process has it' : cause.message;
      reject(new Error(`Cannot listen on port ${port}: ${reason}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
