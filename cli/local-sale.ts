/** @module One sale on the local stack: the stack, the providers' sandboxes beside it, and the sale published. */

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
import {
  type IdentityOptions,
  type IdentitySandbox,
  startIdentitySandbox,
} from '../sandbox/identity-sandbox.ts';
import { type PaymentSandbox, startPaymentSandbox } from '../sandbox/payment-sandbox.ts';

/** What `npm run synth` writes, wherever the command is called from. */
const ASSEMBLY = fileURLToPath(new URL('../cdk.out', import.meta.url));

/** The site's name at the identity sandbox. */
const CLIENT_ID = 'flash-sale';

/** What the operators' page is called at theirs, and who is one there. */
const OPERATORS = { clientId: 'flash-sale-operators', groups: { olivia: ['operators'] } };

export type LocalSaleOptions = Omit<LocalStackOptions, 'parameters'> & {
  readonly sale: Sale;
  /** Template parameters besides the providers' addresses. */
  readonly parameters?: LocalStackOptions['parameters'];
  /** Whether shoppers can sign in, at a sandbox. @default false */
  readonly signIn?: boolean;
  /** Whether operators can, at a sandbox of their own, as "olivia". @default false */
  readonly operators?: boolean;
};

export type LocalSale = {
  readonly stack: LocalStack;
  readonly sandbox: PaymentSandbox;
  /** Where shoppers sign in, if they can. */
  readonly identity?: IdentitySandbox;
  /** Where operators do, if they can. */
  readonly operators?: IdentitySandbox;
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
  const { sale, parameters, signIn = false, operators = false, ...stackOptions } = options;
  const payments = await keepPort();
  const identity = signIn ? await keepPort() : undefined;
  const office = operators ? await keepPort() : undefined;
  const dynamodbEndpoint = process.env['DYNAMODB_ENDPOINT'];
  const stack = await startLocalStack({
    assembly: ASSEMBLY,
    ...(dynamodbEndpoint && { dynamodbEndpoint }),
    ...stackOptions,
    parameters: {
      ...parameters,
      PaymentProviderUrl: payments.url,
      ...(identity && { OidcIssuer: identity.url, OidcAudience: CLIENT_ID }),
      ...(office && { OperatorIssuer: office.url, OperatorAudience: OPERATORS.clientId }),
    },
  });
  const started: Stopping[] = [stack];
  try {
    return await open(stack, { payments, identity, office }, sale, started);
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** @param started takes what must be stopped again */
async function open(
  stack: LocalStack,
  { payments, ...kept }: KeptPorts,
  sale: Sale,
  started: Stopping[],
): Promise<LocalSale> {
  const now = () => stack.clock.now();
  const reached = deployment(outputsFrom(stack.outputs), { endpoint: stack.awsUrl, clock: now });
  const key = valueIn(await reached.paymentKeys(), 'key');
  const webhookUrl = `${stack.siteUrl}/api/payments/events`;
  const sandbox = await startPaymentSandbox({ port: await payments.free(), key, webhookUrl, now });
  started.push(sandbox);
  const shoppers = { clientId: CLIENT_ID };
  const identity = await startIdentity(kept.identity, stack, shoppers, started);
  const operators = await startIdentity(kept.office, stack, OPERATORS, started);
  const outcome = await publish(reached, sale);
  if (outcome.kind !== 'published') {
    throw new Error(`Cannot publish sale "${sale.id}": ${outcome.kind}`);
  }
  return {
    ...{ stack, sandbox, ...(identity && { identity }), ...(operators && { operators }) },
    ...{ sale: outcome.sale, deployment: reached },
    audit: (answers, crashed = false) =>
      auditSale(reached, sale.id, { crashed, ...(answers && { answers }) }),
    restock: (units) => restockFirst(reached, outcome.sale, units),
    stop: () => stopAll(started),
  };
}

type KeptPorts = {
  readonly payments: KeptPort;
  readonly identity: KeptPort | undefined;
  readonly office: KeptPort | undefined;
};

/** Starts an identity sandbox where a port is kept for one. */
async function startIdentity(
  kept: KeptPort | undefined,
  { siteUrl, clock }: LocalStack,
  who: Pick<IdentityOptions, 'clientId' | 'groups'>,
  started: Stopping[],
): Promise<IdentitySandbox | undefined> {
  if (kept === undefined) return undefined;
  const now = () => clock.now();
  const port = await kept.free();
  const identity = await startIdentitySandbox({ ...who, port, siteOrigin: siteUrl, now });
  started.push(identity);
  return identity;
}

type Stopping = { stop(): Promise<void> };

/** The last first: the stack outlives what talks to it. */
async function stopAll(started: readonly Stopping[]): Promise<void> {
  for (const one of started.toReversed()) await one.stop();
}

async function restockFirst(reached: Deployment, sale: PublishedSale, units: number) {
  const item = { saleId: sale.id, sku: sale.items[0]?.sku ?? '' };
  const grants = (await readStatus(reached.store, item))?.grants ?? 0;
  return restock(reached, item, grants + 1, units, reached.clock());
}

type KeptPort = {
  readonly url: string;
  /** Gives the port up to whom it was kept for. */
  free(): Promise<number>;
};

/**
 * A sandbox's address must be known before the stack is, and what the sandbox needs only after. The port is kept
 * meanwhile: the stack's own servers take free ones too.
 */
const keepPort = (): Promise<KeptPort> =>
  new Promise((resolve, reject) => {
    const server = createServer().unref();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}`,
        free: () => new Promise((done) => server.close(() => done(port))),
      });
    });
  });
