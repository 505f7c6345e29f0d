/** @module A deployment as people and tools reach it: by the outputs of its stacks. */

import { randomBytes } from 'node:crypto';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import '@aws-sdk/signature-v4a';
import type { Blocked } from '../domain/blocked.ts';
import type { ClosingWorld } from '../domain/closing.ts';
import type { PublishWorld } from '../domain/publish.ts';
import type { KeyStore } from '../domain/rotation.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { allSales, dynamoCatalogue } from './catalogue.ts';
import { dynamoStore } from './dynamo-store.ts';
import { edgeSale, getEdgeEntry, isDrawnAtEdge, putEdgeEntries } from './edge-store.ts';
import { dynamoJournal } from './journal.ts';
import { keyStore, keysEntry } from './key-rotation.ts';
import { operatorHere } from './operator.ts';
import { saleSchedules } from './sale-schedules.ts';
import { secret } from './secrets.ts';
import type { SignIn } from './site-bucket.ts';
import { sitePort } from './site-port.ts';
import { sqsOrders } from './sqs-queues.ts';
import { systemClock, wait } from './system-clock.ts';

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

export type Outputs = Readonly<Record<(typeof NEEDED)[number], string>> & {
  /** Whether a web ACL is `on`; deployments that lack the output have none. */
  readonly Waf?: string;
  /** Who says who shoppers are; `none`, or no output, where there are guests alone. */
  readonly OidcIssuer?: string;
  /** What the site is called there. */
  readonly OidcAudience?: string;
  /** Queues that tools look into; deployments from before there were such tools lack some. */
  readonly OrdersDlqUrl?: string;
  readonly SweepsQueueUrl?: string;
  readonly SweepsDlqUrl?: string;
  readonly SchedulerDlqUrl?: string;
  /** What a sale's schedules call besides; only older deployments lack them, and nothing is published there. */
  readonly WarmFunctionArn?: string;
  readonly ReconcileFunctionArn?: string;
  /** What is kept warm, and how many environments of it at most; older deployments keep none. */
  readonly BuyFunctionArn?: string;
  readonly RecordFunctionArn?: string;
  readonly MostWarm?: string;
  /** What the usage plan of the buy path lets through, requests a second. */
  readonly BuyRate?: string;
  /** Where files of products are dropped. */
  readonly ImportsBucket?: string;
  /** Where reports about money are, and who takes payments and refunds. */
  readonly ReportsBucket?: string;
  readonly PaymentProviderUrl?: string;
  /** What a preflight looks at besides. */
  readonly ApiId?: string;
  readonly ApiStage?: string;
  readonly DistributionId?: string;
  readonly AlarmPrefix?: string;
};

/** Checks that outputs are whole. @throws {Error} naming those that are missing */
export function outputsFrom(given: Readonly<Record<string, string>>): Outputs {
  const missing = NEEDED.filter((name) => given[name] === undefined);
  if (missing.length === 0) return given as Outputs;
  throw new Error(`Cannot use this deployment: its outputs lack ${missing.join(', ')}`);
}

/** Where and when: an endpoint in place of AWS, a clock in place of the machine's. */
export type Place = {
  readonly endpoint?: string;
  readonly clock?: () => number;
  /**
   * Whose credentials and Region the endpoint is called with: anybody's, as it takes them on this machine, or those of
   * the environment, by which an emulator tells accounts apart.
   *
   * @default 'any'
   */
  readonly credentials?: 'any' | 'environment';
  /** How clients are set up, where that is not left to the SDK: a function's are. */
  readonly client?: object;
};

export type Deployment = ReturnType<typeof deployment>;

/** Clients and ports of a deployment. */
export function deployment(outputs: Outputs, place: Place = {}) {
  const { endpoint, clock = systemClock } = place;
  const settings = settingsFor(place);
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
  const keys = keyStore(secrets, outputs.SigningSecretArn, edge, outputs.KeyValueStoreArn);
  const { SiteBucket: bucket } = outputs;
  const site = sitePort({
    ...{ s3, bucket, clock, signIn: signInOf(outputs) },
    sales: () => allSales(db, tables.catalogue),
  });
  return {
    outputs,
    /** What clients of further services are made with. */
    settings,
    db,
    tables,
    clock,
    store: dynamoStore(db, tables),
    catalogue: dynamoCatalogue(db, outputs.CatalogueTable),
    /** Requests a second that the usage plan of the buy path lets through; deployments that lack the output are not asked. */
    buyRate: outputs.BuyRate === undefined ? undefined : Number(outputs.BuyRate),
    queue: sqsOrders(sqs, outputs.OrdersQueueUrl),
    signingKeys: secret(secrets, outputs.SigningSecretArn, clock),
    paymentKeys: secret(secrets, outputs.PaymentSecretArn, clock),
    keys,
    secret: () => randomBytes(16).toString('base64url'),
    hasWaf: outputs.Waf === 'on',
    journal: dynamoJournal(db, outputs.OrdersTable),
    /** Who acts through this deployment's clients. */
    operator: () => operatorHere(isThisMachine(place) ? undefined : settings),
    schedules: saleSchedules(scheduler, () => scheduleTargets(outputs), clock),
    wait,
    /** The files that go with a closing. */
    publish: site.end,
    edge: edgePort(edge, outputs, keys),
    site,
  } satisfies PublishWorld & ClosingWorld & Readonly<Record<string, unknown>>;
}

/** What the gate knows. */
function edgePort(client: CloudFrontKeyValueStoreClient, outputs: Outputs, keys: KeyStore) {
  const arn = outputs.KeyValueStoreArn;
  return {
    async putSale(sale: PublishedSale) {
      const settings = { guests: outputs.Guests };
      const entries = { keys: keysEntry(await keys.read()), settings, ...edgeSale(sale) };
      await putEdgeEntries(client, arn, entries);
    },
    changeSale: (sale: PublishedSale) => putEdgeEntries(client, arn, edgeSale(sale)),
    isDrawn: (sale: PublishedSale) => isDrawnAtEdge(client, arn, sale),
    entry: (key: string) => getEdgeEntry(client, arn, key),
    readBlocked: async () => (await getEdgeEntry(client, arn, 'blocked')) as Blocked | undefined,
    /** Nobody is blocked where the list is empty: then there is no entry. */
    putBlocked: (blocked: Blocked) =>
      putEdgeEntries(client, arn, {
        blocked: Object.keys(blocked).length > 0 ? blocked : undefined,
      }),
  };
}

function signInOf({ OidcIssuer = 'none', OidcAudience = '' }: Outputs): SignIn | undefined {
  return OidcIssuer === 'none' ? undefined : { issuer: OidcIssuer, clientId: OidcAudience };
}

/** @throws {Error} where the deployment is from before there were such functions */
function scheduleTargets(outputs: Outputs) {
  const { WarmFunctionArn: warmArn, ReconcileFunctionArn: reconcileArn } = outputs;
  if (warmArn === undefined || reconcileArn === undefined) {
    throw new Error(
      'Cannot schedule a sale: the outputs lack "WarmFunctionArn" or "ReconcileFunctionArn"; deploy again',
    );
  }
  return {
    group: outputs.ScheduleGroup,
    roleArn: outputs.SchedulerRoleArn,
    deadLetterArn: outputs.SchedulerDlqArn,
    openArn: outputs.OpenFunctionArn,
    sweepArn: outputs.SweepFunctionArn,
    closeArn: outputs.CloseFunctionArn,
    warmArn,
    reconcileArn,
  };
}

/**
 * The client puts the account before the endpoint's host, which an address in figures cannot bear: it is given a name to
 * choose its signature by, and then sent to the endpoint all the same.
 */
const edgeSettings = (endpoint: string | undefined) =>
  endpoint === undefined
    ? {}
    : { endpoint: 'http://localhost', endpointProvider: () => ({ url: new URL(endpoint) }) };

/** A place that takes anybody's credentials knows nobody by them. */
const isThisMachine = ({ endpoint, credentials = 'any' }: Place) =>
  endpoint !== undefined && credentials === 'any';

const ANYBODY = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

const settingsFor = (place: Place) => ({
  ...place.client,
  ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
  ...(isThisMachine(place) && ANYBODY),
});
