/** @module Which service and operation a request is meant for: from its target header, else from its path. */

import { type AwsRequest, textOf } from './aws-http.ts';

export type Operation = {
  readonly service: string;
  readonly operation: string;
  /** No path of the service that anybody here answers. */
  readonly isUnknown?: true;
};

const TARGETS: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
  AWSEvents: 'events',
  GraniteServiceVersion20100801: 'monitoring',
};

type Route = readonly [method: string, path: RegExp, service: string, operation: string];

const PROVISIONED = /^\/2019-09-30\/functions\/[^/]+\/provisioned-concurrency$/;

const ROUTES: readonly Route[] = [
  ['POST', /^\/schedules\/[^/]+$/, 'scheduler', 'CreateSchedule'],
  ['PUT', /^\/schedules\/[^/]+$/, 'scheduler', 'UpdateSchedule'],
  ['GET', /^\/schedules\/[^/]+$/, 'scheduler', 'GetSchedule'],
  ['DELETE', /^\/schedules\/[^/]+$/, 'scheduler', 'DeleteSchedule'],
  ['GET', /^\/schedules\/?$/, 'scheduler', 'ListSchedules'],
  ['GET', /^\/key-value-stores\/[^/]+\/?$/, 'cloudfront-keyvaluestore', 'DescribeKeyValueStore'],
  ['GET', /^\/key-value-stores\/[^/]+\/keys\/?$/, 'cloudfront-keyvaluestore', 'ListKeys'],
  ['POST', /^\/key-value-stores\/[^/]+\/keys\/?$/, 'cloudfront-keyvaluestore', 'UpdateKeys'],
  ['GET', /^\/key-value-stores\/[^/]+\/keys\/.+$/, 'cloudfront-keyvaluestore', 'GetKey'],
  ['PUT', /^\/key-value-stores\/[^/]+\/keys\/.+$/, 'cloudfront-keyvaluestore', 'PutKey'],
  ['DELETE', /^\/key-value-stores\/[^/]+\/keys\/.+$/, 'cloudfront-keyvaluestore', 'DeleteKey'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/invocations$/, 'lambda', 'Invoke'],
  ['PUT', PROVISIONED, 'lambda', 'PutProvisionedConcurrencyConfig'],
  ['GET', PROVISIONED, 'lambda', 'GetProvisionedConcurrencyConfig'],
  ['DELETE', PROVISIONED, 'lambda', 'DeleteProvisionedConcurrencyConfig'],
];

const S3_OPERATIONS: Readonly<Record<string, readonly [bucket: string, object: string]>> = {
  GET: ['ListObjects', 'GetObject'],
  PUT: ['CreateBucket', 'PutObject'],
  HEAD: ['HeadBucket', 'HeadObject'],
  DELETE: ['DeleteBucket', 'DeleteObject'],
  POST: ['DeleteObjects', 'PostObject'],
};

/** The service that a request was signed for: `Credential=<key id>/<day>/<Region>/<service>/aws4_request`. */
const SIGNED_FOR = /Credential=[^,\s]*\/([a-z0-9-]+)\/aws4_request/;

/**
 * What no target and no path claims is for S3, whose paths can be anything; unless it was signed for another service,
 * which then nobody here runs.
 */
export function operationOf({ method, path, headers, body }: AwsRequest): Operation {
  const target = headers['x-amz-target'];
  if (target !== undefined) return ofTarget(target);
  const [bare = ''] = path.split('?');
  const route = ROUTES.find(([verb, pattern]) => verb === method && pattern.test(bare));
  if (route !== undefined) return { service: route[2], operation: route[3] };
  const signedFor = SIGNED_FOR.exec(headers['authorization'] ?? '')?.[1] ?? 's3';
  // The query protocol: the operation is a member of the body.
  if (signedFor === 'sts') return { service: 'sts', operation: actionIn(body) };
  if (signedFor !== 's3') {
    return { service: signedFor, operation: `${method} ${bare}`, isUnknown: true };
  }
  const names = S3_OPERATIONS[method];
  const isObject = /^\/[^/]+\/./.test(bare);
  return { service: 's3', operation: names?.[isObject ? 1 : 0] ?? method };
}

const actionIn = (body: AwsRequest['body']): string =>
  new URLSearchParams(textOf(body)).get('Action') ?? '';

function ofTarget(target: string): Operation {
  const dot = target.indexOf('.');
  const prefix = target.slice(0, dot);
  return { service: TARGETS[prefix] ?? prefix, operation: target.slice(dot + 1) };
}
