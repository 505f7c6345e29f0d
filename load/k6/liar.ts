/**
 * @module
 * Somebody between the crowd and the shop who tells a shopper that asks again of another order: two orders for one
 * shopper. Whoever plays the scenarios with it learns whether their thresholds can fail.
 */

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Liar = { readonly url: string; stop(): Promise<void> };

const A_BUY = /^\/api\/sales\/[^/]+\/[^/]+\/orders\?/;

/** @param site Scheme, host and port of the shop */
export async function startLiar(site: string): Promise<Liar> {
  const server = createServer((asked, answer) => {
    relay(site, asked, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function relay(site: string, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { method, url = '/', headers } = asked;
  const body = await text(asked);
  const told = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(url, site), { method, headers }, resolve).once('error', reject).end(body);
  });
  const said = await text(told);
  const isRepeat = A_BUY.test(url) && told.statusCode === 200;
  const { 'transfer-encoding': _length, 'content-length': _bytes, ...rest } = told.headers;
  answer.writeHead(told.statusCode ?? 502, rest);
  answer.end(isRepeat ? withAnotherOrder(said) : said);
}

/** The same receipt for an order that nobody has. */
function withAnotherOrder(said: string): string {
  const receipt = JSON.parse(said) as { readonly orderId: string };
  return JSON.stringify({
    ...receipt,
    orderId: receipt.orderId.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
  });
}
