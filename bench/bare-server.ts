/** @module A bare `node:http` server: what this machine could answer if nothing had to be decided. */

import { createServer } from 'node:http';
import { type Listening, listen } from '../local/listening.ts';

/** Answers every request with a status and a small JSON body, or one that is given. */
export function startBareServer(
  status: number,
  body = JSON.stringify({ status }),
): Promise<Listening> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(body);
  });
  return listen(server, 0);
}
