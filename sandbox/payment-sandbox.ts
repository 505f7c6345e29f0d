/**
 * @module
 * A payment provider to test with: a hosted checkout page, signed webhooks, a statement and refunds, on a server of
 * its own. It shares no code with the shop, only the secret and the documented formats.
 */

import { createServer } from 'node:http';
import { listen, problem, send } from './http.ts';
import { openLedger, type Payment, type PayOptions, type Statement } from './ledger.ts';
import { type Desk, payToken, route } from './routes.ts';
import type { Mistake } from './statement.ts';
import { type Undelivered, type WebhookOptions, webhooks } from './webhooks.ts';

export type SandboxOptions = WebhookOptions & {
  /**
   * Where to listen, on the loopback interface.
   *
   * @default - any free port
   */
  readonly port?: number;
};

export type PaymentSandbox = {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  /** Everything that was paid and refunded so far, without mistakes. */
  statement(): Statement;
  /** Has the statement that the shop reads be wrong about a payment; nothing: right again. */
  mistake(reference: string, mistake?: Mistake): void;
  /**
   * Pays as the page does, and tells the shop. A token pays once; `forceNew` makes a second payment of it.
   *
   * @throws {RangeError} when the token is forged or expired
   */
  pay(token: string, options?: PayOptions): Payment;
  /**
   * Sends the webhook of a payment again, all times at once; answers with the shop's statuses, 0 for none.
   *
   * @throws {RangeError} when there is no such payment
   */
  redeliver(reference: string, times: number): Promise<readonly number[]>;
  /** Webhooks that the shop has not accepted, whether tries remain or not. */
  undelivered(): readonly Undelivered[];
  /** Resolves when each webhook was accepted or given up. */
  settled(): Promise<void>;
  /** Ends the server and pending deliveries. */
  stop(): Promise<void>;
};

/** @throws {Error} naming the port when it is taken */
export async function startPaymentSandbox(options: SandboxOptions): Promise<PaymentSandbox> {
  const ledger = openLedger(options.now);
  const hooks = webhooks(options);
  const { key, now } = options;
  const mistakes = new Map<string, Mistake>();
  const desk: Desk = { key, now, ledger, mistakes, onPayment: hooks.announce };
  const server = createServer((request, response) => {
    void route(desk, request)
      .catch(() => problem(500, 'internal', 'The sandbox failed.'))
      .then((reply) => send(response, reply));
  });
  const port = await listen(server, options.port ?? 0, 'payment sandbox');
  return {
    url: `http://127.0.0.1:${port}`,
    statement: () => ledger.statement(),
    mistake(reference, mistake) {
      if (mistake) mistakes.set(reference, mistake);
      else mistakes.delete(reference);
    },
    pay(token, payOptions) {
      const result = payToken(desk, token, payOptions);
      if (result.kind === 'paid') return result.payment;
      throw new RangeError(`Cannot pay: the token is ${result.kind}`);
    },
    redeliver(reference, times) {
      const payment = ledger.byReference(reference);
      if (payment) return hooks.redeliver(payment, times);
      throw new RangeError(`Cannot redeliver "${reference}": there is no such payment`);
    },
    undelivered: hooks.undelivered,
    settled: hooks.settled,
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await Promise.all([closed, hooks.stop()]);
    },
  };
}
