/** @module The payment provider's sandbox for tests: it tries again at once, and its refunds fail on request. */

import { createServer, type IncomingMessage } from 'node:http';
import type { LocalSale } from '../../cli/local-sale.ts';
import type { Payment } from '../../sandbox/ledger.ts';
import { type PaymentSandbox, startPaymentSandbox } from '../../sandbox/payment-sandbox.ts';

export type Provider = {
  readonly sandbox: PaymentSandbox;
  /** Answers the next refunds with 500; `executed` says whether the money goes back all the same. */
  failRefunds(times: number, how: 'executed' | 'not-executed'): void;
  /** Pays, and waits until the shop has heard of it, or the provider has given up, and all is done. */
  pay(...args: Parameters<PaymentSandbox['pay']>): Promise<Payment>;
  stop(): Promise<void>;
};

/** Takes the place of the sandbox that is there. */
export async function startProvider({ sandbox, stack, deployment }: LocalSale): Promise<Provider> {
  const port = Number(new URL(sandbox.url).port);
  const { key = '' } = await deployment.paymentKeys();
  const webhookUrl = `${stack.siteUrl}/api/payments/events`;
  const behind = await startPaymentSandbox({
    ...{ key, webhookUrl, firstRetryMs: 4, maxTries: 8 },
    now: () => stack.clock.now(),
  });
  const failing = { times: 0, executed: false };
  const server = createServer(async (incoming, outgoing) => {
    const fails = incoming.url === '/v1/refunds' && failing.times-- > 0;
    const answer = fails && !failing.executed ? undefined : await passed(behind.url, incoming);
    outgoing.writeHead(fails ? 500 : (answer?.status ?? 500), { 'content-type': 'text/plain' });
    outgoing.end(await answer?.text());
  });
  await sandbox.stop();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    sandbox: behind,
    failRefunds: (times, how) => Object.assign(failing, { times, executed: how === 'executed' }),
    async pay(...args) {
      const payment = behind.pay(...args);
      await behind.settled();
      await stack.settle();
      return payment;
    },
    async stop() {
      await behind.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passed(url: string, incoming: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { authorization = '', 'idempotency-key': key = '' } = incoming.headers;
  return fetch(`${url}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers: { authorization, 'idempotency-key': String(key) },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
}
