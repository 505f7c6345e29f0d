/** @module A payment provider that gives every payment back, also those that it never took: their webhooks are made up. */

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { LocalSale } from '../../cli/local-sale.ts';
import { type Listening, listen } from '../../local/listening.ts';

export type Refunds = {
  /** By idempotency key: what was given back under it, each call. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
  stop(): Promise<void>;
};

/** Takes the place of the sandbox that is there. */
export async function startRefunds({ sandbox }: LocalSale): Promise<Refunds> {
  const byKey = new Map<string, string[]>();
  const server = createServer(async (incoming, outgoing) => {
    const key = String(incoming.headers['idempotency-key']);
    byKey.set(key, [...(byKey.get(key) ?? []), await text(incoming)]);
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const port = Number(new URL(sandbox.url).port);
  await sandbox.stop();
  const listening: Listening = await listen(server, port);
  return { byKey, stop: () => listening.close() };
}
