/** @module A door on loopback to what an emulator serves under another name: it sends each request on as it is told. */

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listen } from '../../local/listening.ts';

/** Where a request goes, and what is set in its headers. */
export type Target = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Front = { readonly url: string; stop(): Promise<void> };

/** An emulator runs every request on few processes: more at once would only wait there, and time out. */
const CONNECTIONS = 4;

/** Opens the door. @param lead says where a request goes */
export async function openFront(
  endpoint: string,
  lead: (method: string, path: string) => Target,
): Promise<Front> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { hostname, port } = new URL(endpoint);
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    const { path, headers } = lead(method, url);
    const { connection: _, ...kept } = incoming.headers;
    const sent = request(
      { agent, hostname, port, method, path, headers: { ...kept, ...headers } },
      (answer) => handBack(answer, outgoing),
    );
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  const listening = await listen(server, 0);
  return {
    url: listening.url,
    async stop() {
      server.closeAllConnections();
      await listening.close();
      agent.destroy();
    },
  };
}

function handBack(answer: IncomingMessage, outgoing: ServerResponse) {
  const { connection: _, 'transfer-encoding': __, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, headers);
  answer.pipe(outgoing);
}
