/**
 * @module
 * Scheduler, each night and at the end of each sale, and operators: our orders against the payment provider's statement.
 * What that means is in `domain/reconcile.ts`.
 */

import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../adapters/aws-clients.ts';
import { allSales } from '../../adapters/catalogue.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { eventBus } from '../../adapters/event-bus.ts';
import { dynamoDb, eventBridge, secretsManager, sqs } from '../../adapters/lean-clients.ts';
import { dynamoBooks } from '../../adapters/order-records.ts';
import { paymentProvider } from '../../adapters/payment-provider.ts';
import { providerStatement } from '../../adapters/provider-statement.ts';
import { s3Reports } from '../../adapters/reports.ts';
import { secret, valueIn } from '../../adapters/secrets.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { reconcileNight, reconcileOne } from '../../domain/reconcile-night.ts';
import { reconcileEnv } from './env.ts';
import { reportFailed, reportReconciled, type Summary, summaryOf } from './report.ts';

const env = readEnv(reconcileEnv);
const db = dynamoDb();
const keys = secret(secretsManager(), env.PAYMENT_SECRET_ARN, systemClock);
const key = async () => valueIn(await keys(), 'key');
const world = {
  store: dynamoStore(db, {
    catalogue: env.CATALOGUE_TABLE,
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
  payments: paymentProvider(env.PAYMENT_PROVIDER_URL, key),
  statement: providerStatement(env.PAYMENT_PROVIDER_URL, key),
  books: dynamoBooks(db, env.ORDERS_TABLE),
  reports: s3Reports(new S3Client(clientSettings()), env.REPORTS_BUCKET),
  bus: eventBus(eventBridge(), env.BUS_NAME),
  clock: systemClock,
};

/** One sale, or without its id all that are not long over. */
type Input = { readonly saleId?: string };

export const handler = ({ saleId }: Input): Promise<readonly Summary[]> =>
  saleId === undefined ? night() : one(saleId);

async function one(saleId: string): Promise<readonly Summary[]> {
  const filed = await reconcileOne(world, saleId);
  if (filed === undefined) throw new Error(`Cannot reconcile: there is no sale "${saleId}"`);
  reportReconciled(filed, systemClock());
  return [summaryOf(filed)];
}

async function night(): Promise<readonly Summary[]> {
  const { filed, failed } = await reconcileNight(world, await allSales(db, env.CATALOGUE_TABLE));
  for (const one of filed) reportReconciled(one, systemClock());
  reportFailed(failed.length, systemClock());
  const [first] = failed;
  if (first === undefined) return filed.map(summaryOf);
  // Lambda tries it again, and then keeps it for somebody to look at.
  const ids = failed.map(({ saleId }) => `"${saleId}"`).join(', ');
  throw new Error(`Cannot reconcile ${ids}: ${first.why.message}`, { cause: first.why });
}
