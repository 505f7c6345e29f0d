/** @module One sale on the local stack: the stack, the payment provider's sandbox beside it, and the sale published. */

import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { auditSale } from '../adapters/audit-sale.ts';
import { type Deployment, deployment, outputsFrom } from '../adapters/deployment.ts';
import { valueIn } from '../adapters/secrets.ts';
import type { Verdict } from '../domain/audit.ts';
import type { ShopperAnswer } from '../domain/audit-answers.ts';
import { type GrantOutcome, restock } from '../domain/grant.ts';
import { publish } from '../domain/publish.ts';
import type { PublishedSale, Sale } from '../domain/sale.ts';
import { readStatus } from '../domain/status.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../local/stack.ts';
import { type PaymentSandbox, startPaymentSandbox } from '../sandbox/payment-sandbox.ts';

/** What `npm run synth` writes, wherever the command is called from. */
const ASSEMBLY = fileURLToPath(new URL('../cdk.out', import.meta.url));

export type LocalSaleOptions = Omit<LocalStackOptions, 'parameters'> & {
  readonly sale: Sale;
  /** Template parameters besides the payment provider's address. */
  readonly parameters?: LocalStackOptions['parameters'];
};

export type LocalSale = {
  readonly stack: LocalStack;
  readonly sandbox: PaymentSandbox;
  readonly sale: PublishedSale;
  readonly deployment: Deployment;
  /** Judges what is in the tables now. */
  audit(answers?: readonly ShopperAnswer[], crashed?: boolean): Promise<Verdict>;
  /** Adds units to the sale's first item. */
  restock(units: number): Promise<GrantOutcome>;
  stop(): Promise<void>;
};

/** Starts everything and publishes the sale. What has started is stopped when something else cannot start. */
export async function startLocalSale(options: LocalSaleOptions): Promise<LocalSale> {
  const { sale, parameters, ...stackOptions } = options;
  const kept = await keepPort();
  const PaymentProviderUrl = `http://127.0.0.1:${kept.port}`;
  const dynamodbEndpoint = process.env['DYNAMODB_ENDPOINT'];
  const stack = await startLocalStack({
    assembly: ASSEMBLY,
    ...(dynamodbEndpoint && { dynamodbEndpoint }),
    ...stackOptions,
    parameters: { ...parameters, PaymentProviderUrl },
  });
  try {
    return await open(stack, kept, sale);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function open(
  stack: LocalStack,
  { port, release }: KeptPort,
  sale: Sale,
): Promise<LocalSale> {
  const clock = () => stack.clock.now();
  const reached = deployment(outputsFrom(stack.outputs), { endpoint: stack.awsUrl, clock });
  const key = valueIn(await reached.paymentKeys(), 'key');
  const webhookUrl = `${stack.siteUrl}/api/payments/events`;
  await release();
  const sandbox = await startPaymentSandbox({ port, key, webhookUrl, now: clock });
  const outcome = await publish(reached, sale);
  if (outcome.kind !== 'published') {
    await sandbox.stop();
    throw new Error(`Cannot publish sale "${sale.id}": ${outcome.kind}`);
  }
  return {
    stack,
    sandbox,
    sale: outcome.sale,
    deployment: reached,
    audit: (answers, crashed = false) =>
      auditSale(reached, sale.id, { crashed, ...(answers && { answers }) }),
    restock: (units) => restockFirst(reached, outcome.sale, units),
    stop: async () => {
      await sandbox.stop();
      await stack.stop();
    },
  };
}

async function restockFirst(reached: Deployment, sale: PublishedSale, units: number) {
  const item = { saleId: sale.id, sku: sale.items[0]?.sku ?? '' };
  const grants = (await readStatus(reached.store, item))?.grants ?? 0;
  return restock(reached, item, grants + 1, units, reached.clock());
}

type KeptPort = { readonly port: number; release(): Promise<void> };

/**
 * The sandbox's address must be known before the stack is, and its key only after. The port is kept meanwhile: the
 * stack's own servers take free ones too.
 */
const keepPort = (): Promise<KeptPort> =>
  new Promise((resolve, reject) => {
    const server = createServer().unref();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, release: () => new Promise((done) => server.close(() => done())) });
    });
  });
