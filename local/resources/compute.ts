/** @module Functions, their versions and aliases, and the queues that feed them. */

import type { Resource } from '../cloudformation/resource.ts';
import type { Maker, Makers } from './maker.ts';

const FUNCTION_PROPERTIES = [
  'Architectures',
  'Code',
  'DeadLetterConfig',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FunctionName',
  'Handler',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'RuntimeManagementConfig',
  'SnapStart',
  'Tags',
  'Timeout',
  'TracingConfig',
];

/** `Requests/Buy/Function` is `Buy`. */
const shortName = (path: string): string =>
  path
    .replace(/\/Function$/, '')
    .split('/')
    .at(-1) ?? path;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  (value ?? {}) as Readonly<Record<string, unknown>>;

const numberOr = <T>(value: unknown, otherwise: T): number | T =>
  value === undefined ? otherwise : Number(value);

/** Variables are text, whatever the template says. */
const textsOf = (variables: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record(variables)).map(([name, value]) => [name, String(value)]),
  );

const fn: Maker = (resource, inventory) => {
  resource.allow(...FUNCTION_PROPERTIES);
  const { properties } = resource;
  const physicalName = resource.name('FunctionName');
  const arn = `arn:aws:lambda:${resource.arnPrefix}:function:${physicalName}`;
  const short = shortName(resource.path);
  const taken = inventory.functions.some(({ name }) => name === short);
  const deadLetter = record(properties['DeadLetterConfig'])['TargetArn'];
  inventory.functions.push({
    name: taken ? resource.path : short,
    path: resource.path,
    physicalName,
    arn,
    runtime: String(properties['Runtime']),
    folder: folderOf(resource),
    handler: String(properties['Handler']),
    environment: textsOf(record(properties['Environment'])['Variables']),
    timeoutMs: Number(properties['Timeout'] ?? 3) * 1000,
    memoryMb: Number(properties['MemorySize'] ?? 128),
    reservedConcurrency: numberOr(properties['ReservedConcurrentExecutions'], undefined),
    deadLetterArn: deadLetter === undefined ? undefined : String(deadLetter),
  });
  return { ref: physicalName, attributes: { Arn: arn } };
};

function folderOf(resource: Resource): string | undefined {
  const { S3Key } = record(resource.properties['Code']);
  return typeof S3Key === 'string' ? resource.asset(S3Key) : undefined;
}

/** Functions are named by name or by ARN. */
const arnOf = (resource: Resource): string => {
  const given = String(resource.properties['FunctionName']);
  return given.startsWith('arn:')
    ? given
    : `arn:aws:lambda:${resource.arnPrefix}:function:${given}`;
};

const version: Maker = (resource) => {
  const arn = `${arnOf(resource)}:1`;
  return { ref: arn, attributes: { Version: '1', FunctionArn: arn } };
};

const alias: Maker = (resource) => {
  const arn = `${arnOf(resource)}:${String(resource.properties['Name'])}`;
  return { ref: arn, attributes: { AliasArn: arn, FunctionArn: arn } };
};

const source: Maker = (resource, inventory) => {
  resource.allow(
    'BatchSize',
    'Enabled',
    'EventSourceArn',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
    'ScalingConfig',
    'Tags',
  );
  const { properties } = resource;
  const queueArn = String(properties['EventSourceArn']);
  if (!queueArn.startsWith('arn:aws:sqs:')) {
    throw resource.error(`event source "${queueArn}" is no queue`);
  }
  const types = (properties['FunctionResponseTypes'] ?? []) as string[];
  if (properties['Enabled'] !== false) {
    inventory.sources.push({
      functionArn: arnOf(resource),
      queueArn,
      batchSize: numberOr(properties['BatchSize'], 10),
      windowMs: numberOr(properties['MaximumBatchingWindowInSeconds'], 0) * 1000,
      partialFailures: types.includes('ReportBatchItemFailures'),
      maxConcurrency: numberOr(
        record(properties['ScalingConfig'])['MaximumConcurrency'],
        undefined,
      ),
    });
  }
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

/** What an alias or a function may do when it is invoked asynchronously: three tries are built in. */
const invokeConfig: Maker = (resource) => {
  resource.allow('FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds');
  return { ref: resource.logicalId };
};

export const computeResources: Makers = {
  'AWS::Lambda::Function': fn,
  'AWS::Lambda::Version': version,
  'AWS::Lambda::Alias': alias,
  'AWS::Lambda::EventSourceMapping': source,
  'AWS::Lambda::EventInvokeConfig': invokeConfig,
};
