/**
 * @module
 * An OpenID Connect provider to sign in with during development: a page on which one says who one is, and ID tokens
 * that anybody can verify, on a server of its own. It shares no code with the shop, only the standard.
 */

import { createServer } from 'node:http';
import { listen, problem, send } from './http.ts';
import { authorizationCodes } from './identity-codes.ts';
import type { Groups } from './identity-pages.ts';
import type { Client } from './identity-request.ts';
import { type IdentityDesk, identityRoute } from './identity-routes.ts';

export type IdentityOptions = Client & {
  /** The clock of the site, so that tokens are good there and then: epoch ms. */
  readonly now: () => number;
  /**
   * Who is in which groups: their tokens say so in the claim `groups`.
   *
   * @default - nobody in any
   */
  readonly groups?: Groups;
  /**
   * Where to listen, on the loopback interface.
   *
   * @default - any free port
   */
  readonly port?: number;
};

export type IdentitySandbox = {
  /** Its address, and the issuer that its tokens name: without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
};

/** @throws {Error} naming the port when it is taken */
export async function startIdentitySandbox(options: IdentityOptions): Promise<IdentitySandbox> {
  const { now, groups = {}, port = 0, ...client } = options;
  let url = '';
  const codes = authorizationCodes(now);
  const desk: IdentityDesk = { client, groups, now, codes, issuer: () => url };
  const server = createServer((request, response) => {
    void identityRoute(desk, request)
      .catch(() => problem(500, 'internal', 'The sandbox failed.'))
      .then((reply) => send(response, reply));
  });
  url = `http://127.0.0.1:${await listen(server, port, 'identity sandbox')}`;
  return {
    url,
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
