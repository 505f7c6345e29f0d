/** @module A deployment as people and tools reach it: by the outputs of its stacks. */

import { randomBytes } from 'node:crypto';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import '@aws-sdk/signature-v4a';
import type { PublishWorld } from '../domain/publish.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { allSales } from './catalogue.ts';
import { dynamoStore } from './dynamo-store.ts';
import { edgeSale, putEdgeEntries } from './edge-store.ts';
import { createSchedules } from './sale-schedules.ts';
import { secret } from './secrets.ts';
import { putList, putSale, putWaiting } from './site-bucket.ts';
import { sqsOrders } from './sqs-queues.ts';
import { systemClock } from './system-clock.ts';

/** The outputs that are needed, as the stacks name them. */
const NEEDED = [
  'CatalogueTable',
  'StockTable',
  'OrdersTable',
  'SigningSecretArn',
  'PaymentSecretArn',
  'KeyValueStoreArn',
  'SiteBucket',
  'Guests',
  'OrdersQueueUrl',
  'ScheduleGroup',
  'SchedulerRoleArn',
  'SchedulerDlqArn',
  'OpenFunctionArn',
  'SweepFunctionArn',
  'CloseFunctionArn',
  'SiteUrl',
] as const;

export type Outputs = Readonly<Record<(typeof NEEDED)[number], string>>;

/** Checks that outputs are whole. @throws {Error} naming those that are missing */
export function outputsFrom(given: Readonly<Record<string, string>>): Outputs {
  const missing = NEEDED.filter((name) => given[name] === undefined);
  if (missing.length === 0) return given as Outputs;
  throw new Error(`Cannot use this deployment: its outputs lack ${missing.join(', ')}`);
}

/** Where and when: an endpoint in place of AWS, a clock in place of the machine's. */
export type Place = { readonly endpoint?: string; readonly clock?: () => number };

export type Deployment = ReturnType<typeof deployment>;

/** Clients and ports of a deployment. */
export function deployment(outputs: Outputs, { endpoint, clock = systemClock }: Place = {}) {
  const settings = endpoint === undefined ? {} : localSettings(endpoint);
  const db = new DynamoDBClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: endpoint !== undefined });
  const scheduler = new SchedulerClient(settings);
  const secrets = new SecretsManagerClient(settings);
  const tables = {
    catalogue: outputs.CatalogueTable,
    stock: outputs.StockTable,
    orders: outputs.OrdersTable,
  };
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const edge = new CloudFrontKeyValueStoreClient({ ...settings, ...edgeSettings(endpoint) });
  return {
    outputs,
    db,
    tables,
    clock,
    store: dynamoStore(db, tables),
    queue: sqsOrders(sqs, outputs.OrdersQueueUrl),
    signingKeys: secret(secrets, outputs.SigningSecretArn, clock),
    paymentKeys: secret(secrets, outputs.PaymentSecretArn, clock),
    secret: () => randomBytes(16).toString('base64url'),
    schedules: {
      create: (sale: PublishedSale) =>
        createSchedules(scheduler, scheduleTargets(outputs), sale, clock()),
    },
    edge: {
      async putSale(sale: PublishedSale, slotWidthMs: number) {
        const keys = await secret(secrets, outputs.SigningSecretArn, clock)();
        const settingsEntry = { keys, settings: { guests: outputs.Guests } };
        const entries = { ...settingsEntry, ...edgeSale(sale, slotWidthMs) };
        await putEdgeEntries(edge, outputs.KeyValueStoreArn, entries);
      },
    },
    site: {
      async putSale(sale: PublishedSale) {
        await putSale(s3, outputs.SiteBucket, sale);
        await putWaiting(s3, outputs.SiteBucket, sale);
        await putList(s3, outputs.SiteBucket, await allSales(db, outputs.CatalogueTable));
      },
    },
  } satisfies PublishWorld & Readonly<Record<string, unknown>>;
}

const scheduleTargets = (outputs: Outputs) => ({
  group: outputs.ScheduleGroup,
  roleArn: outputs.SchedulerRoleArn,
  deadLetterArn: outputs.SchedulerDlqArn,
  openArn: outputs.OpenFunctionArn,
  sweepArn: outputs.SweepFunctionArn,
  closeArn: outputs.CloseFunctionArn,
});

/**
 * The client puts the account before the endpoint's host, which an address in figures cannot bear: it is given a name to
 * choose its signature by, and then sent to the endpoint all the same.
 */
const edgeSettings = (endpoint: string | undefined) =>
  endpoint === undefined
    ? {}
    : { endpoint: 'http://localhost', endpointProvider: () => ({ url: new URL(endpoint) }) };

/** An endpoint on this machine takes any credentials. */
const localSettings = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
