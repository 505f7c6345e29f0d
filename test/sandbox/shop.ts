/** @module The shop's side of the sandbox, written from the documented formats alone. */

import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPaymentSandbox } from '../../sandbox/payment-sandbox.ts';

export const KEY = 'shared secret';
export const NOW = Date.UTC(2026, 10, 20, 12);

export const mac = (text: string, key = KEY): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** A checkout token; what is not said is right. */
export function aToken(changes: Record<string, unknown> = {}, key = KEY): string {
  const content = {
    orderId: 'demo.mug.x',
    amountMinor: 1990,
    currency: 'EUR',
    title: 'A <b>mug</b>',
    returnUrl: 'http://shop.example/sales/demo/?order=demo.mug.x',
    expiresEpochMs: NOW + 60_000,
    ...changes,
  };
  const json = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${json}.${mac(`checkout.${json}`, key)}`;
}

export type Heard = { readonly signature: string; readonly raw: string };

/** A shop that listens for webhooks, and a sandbox that sends them there. Both end when the run ends. */
export async function withSandbox(
  run: (scene: {
    sandbox: Awaited<ReturnType<typeof startPaymentSandbox>>;
    heard: Heard[];
    api(method: string, path: string, body?: unknown, headers?: object): Promise<Response>;
  }) => Promise<void>,
  { now = () => NOW, statuses = [] as number[], maxTries = 5 } = {},
): Promise<void> {
  const heard: Heard[] = [];
  const shop = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    heard.push({ signature: String(request.headers['x-payment-signature']), raw });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
  const webhookUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hook`;
  const sandbox = await startPaymentSandbox({
    key: KEY,
    webhookUrl,
    now,
    firstRetryMs: 1,
    maxTries,
  });
  const api = (method: string, path: string, body?: unknown, headers = {}) =>
    fetch(sandbox.url + path, {
      method,
      headers: { authorization: `Bearer ${mac('api.v1')}`, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  try {
    await run({ sandbox, heard, api });
  } finally {
    await sandbox.stop();
    shop.closeAllConnections();
    await new Promise((done) => shop.close(done));
  }
}
