/**
 * @module
 * What AWS lets one account do in one Region, in us-east-1 where Regions differ, with unit and source. Collected on
 * 2026-11-20.
 */

import { REQUESTS_PER_ENVIRONMENT } from '../domain/warmth.ts';
import type { Limit, Raise } from './limit.ts';
import { regional } from './regions.ts';

const quota = (service: string, name: string, code?: string): Raise => ({
  by: 'quota',
  service,
  name,
  ...(code !== undefined && { code }),
});

const DOCS = 'https://docs.aws.amazon.com';
const LAMBDA = `${DOCS}/lambda/latest/dg`;
const DYNAMO = `${DOCS}/amazondynamodb/latest/developerguide`;
const CLOUDFRONT = `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`;
const API = `${DOCS}/general/latest/gr/apigateway.html`;
const SCHEDULER = `${DOCS}/scheduler/latest/UserGuide/scheduler-quotas.html`;
const NOBODY = { by: 'nobody' } as const;

const USUAL = regional('us-east-1');

/** Codes were read in AWS's own endpoint and quota pages, or in listings of `list-service-quotas`. */
export const AWS_LIMITS = {
  edgeRequests: {
    what: 'CloudFront requests of a distribution',
    unit: '/s',
    value: 250_000,
    raise: { by: 'support' },
    source: CLOUDFRONT,
  },
  edgeEntryBytes: {
    what: 'KeyValueStore value',
    unit: 'bytes',
    value: 1_024,
    raise: NOBODY,
    source: CLOUDFRONT,
  },
  /** Measured by others, 21 to 32 s; AWS names no figure. */
  edgeDelay: {
    what: 'KeyValueStore change on its way to every edge',
    unit: 's',
    value: 30,
    raise: NOBODY,
    source: 'https://github.com/smoketurner/virtual-waiting-room',
  },
  apiRate: {
    what: 'API Gateway requests of the account',
    unit: '/s',
    value: USUAL.apiRate,
    raise: quota('apigateway', 'Throttle rate', 'L-8A5B8E43'),
    source: API,
  },
  /** AWS sets it from the rate: nobody can ask for it alone. */
  apiBurst: {
    what: 'API Gateway bucket of the account',
    unit: 'requests',
    value: USUAL.apiBurst,
    raise: quota('apigateway', 'Throttle rate', 'L-8A5B8E43'),
    source: API,
  },
  /** New accounts may have as few as 10. */
  concurrency: {
    what: 'Lambda environments of the account',
    unit: 'at once',
    value: 1_000,
    raise: quota('lambda', 'Concurrent executions', 'L-B99A9384'),
    source: `${LAMBDA}/gettingstarted-limits.html`,
  },
  /** Refilled continuously, not saved up. */
  newEnvironments: {
    what: 'Lambda environments that a function gains in 10 s',
    unit: 'in 10 s',
    value: 1_000,
    raise: NOBODY,
    source: `${LAMBDA}/scaling-behavior.html`,
  },
  requestsPerEnvironment: {
    what: 'Lambda requests of an environment',
    unit: '/s',
    value: REQUESTS_PER_ENVIRONMENT,
    raise: NOBODY,
    source: `${LAMBDA}/gettingstarted-limits.html`,
  },
  partitionWrites: {
    what: 'DynamoDB write units of a partition',
    unit: '/s',
    value: 1_000,
    raise: NOBODY,
    source: `${DYNAMO}/bp-partition-key-design.html`,
  },
  partitionReads: {
    what: 'DynamoDB read units of a partition',
    unit: '/s',
    value: 3_000,
    raise: NOBODY,
    source: `${DYNAMO}/bp-partition-key-design.html`,
  },
  warmWrites: {
    what: 'DynamoDB write units of a new table at once',
    unit: '/s',
    value: 4_000,
    raise: { by: 'warm-throughput' },
    source: `${DYNAMO}/warm-throughput.html`,
  },
  warmReads: {
    what: 'DynamoDB read units of a new table at once',
    unit: '/s',
    value: 12_000,
    raise: { by: 'warm-throughput' },
    source: `${DYNAMO}/warm-throughput.html`,
  },
  tableWrites: {
    what: 'DynamoDB write units of a table',
    unit: '/s',
    value: 40_000,
    raise: quota('dynamodb', 'Table-level write throughput limit', 'L-AB614373'),
    source: `${DYNAMO}/ServiceQuotas.html`,
  },
  tableReads: {
    what: 'DynamoDB read units of a table',
    unit: '/s',
    value: 40_000,
    raise: quota('dynamodb', 'Table-level read throughput limit', 'L-CF0CBE56'),
    source: `${DYNAMO}/ServiceQuotas.html`,
  },
  /** Batches of a queue that are worked on at once when it begins to fill. */
  pollersAtFirst: {
    what: 'Lambda batches of a queue at first',
    unit: 'at once',
    value: 5,
    raise: NOBODY,
    source: `${LAMBDA}/services-sqs-scaling.html`,
  },
  newPollers: {
    what: 'Lambda batches of a queue gained in a minute',
    unit: 'a minute',
    value: 300,
    raise: NOBODY,
    source: `${LAMBDA}/services-sqs-scaling.html`,
  },
  busCalls: {
    what: 'EventBridge PutEvents calls',
    unit: '/s',
    value: USUAL.busCalls,
    raise: quota('events', 'PutEvents throttle limit in transactions per second', 'L-9B653E91'),
    source: `${DOCS}/eventbridge/latest/userguide/eb-quota.html`,
  },
  schedulesCreated: {
    what: 'Scheduler schedules created',
    unit: '/s',
    value: USUAL.schedulesCreated,
    raise: quota('scheduler', 'CreateSchedule request rate', 'L-6F4B17DE'),
    source: SCHEDULER,
  },
  schedulesRun: {
    what: 'Scheduler invocations',
    unit: '/s',
    value: 1_000,
    raise: quota(
      'scheduler',
      'Invocations throttle limit in transactions per second',
      'L-F6D2596E',
    ),
    source: SCHEDULER,
  },
} as const satisfies Readonly<Record<string, Limit>>;
