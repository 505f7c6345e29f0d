/** @module Tables, queues, buckets, secrets and key-value stores. */

import type { Resource } from '../cloudformation/resource.ts';
import type { GenerateSecretString } from '../services/secrets.ts';
import type { Maker, Makers } from './maker.ts';

type Index = Readonly<Record<'IndexName' | 'KeySchema' | 'Projection', unknown>>;

const indexes = (given: unknown): Index[] | undefined =>
  (given as Index[] | undefined)?.map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));

const TABLE_PROPERTIES = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'ProvisionedThroughput',
  'Replicas',
  'SSESpecification',
  'StreamSpecification',
  'TableName',
  'Tags',
  'TimeToLiveSpecification',
  'WarmThroughput',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
];

const table: Maker = (resource, inventory) => {
  resource.allow(...TABLE_PROPERTIES);
  const { properties } = resource;
  const name = resource.name('TableName', 255);
  const createTable = {
    TableName: name,
    AttributeDefinitions: properties['AttributeDefinitions'],
    KeySchema: properties['KeySchema'],
    GlobalSecondaryIndexes: indexes(properties['GlobalSecondaryIndexes']),
    LocalSecondaryIndexes: indexes(properties['LocalSecondaryIndexes']),
    BillingMode: 'PAY_PER_REQUEST',
  };
  inventory.tables.push({ name, createTable });
  const arn = `arn:aws:dynamodb:${resource.arnPrefix}:table/${name}`;
  return { ref: name, attributes: { Arn: arn, TableId: name, StreamArn: `${arn}/stream/local` } };
};

/** Attributes that the engine honours; the rest is encryption, which a machine of one's own does without. */
const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'FifoQueue',
  'ContentBasedDeduplication',
  'RedrivePolicy',
];

const queue: Maker = (resource, inventory) => {
  resource.allow(
    ...QUEUE_ATTRIBUTES,
    'KmsMasterKeyId',
    'KmsDataKeyReusePeriodSeconds',
    'QueueName',
    'RedriveAllowPolicy',
    'SqsManagedSseEnabled',
    'Tags',
  );
  const { properties } = resource;
  const name = resource.name('QueueName', 80);
  const attributes = QUEUE_ATTRIBUTES.filter((key) => properties[key] !== undefined).map((key) => {
    const value = properties[key];
    return [key, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const;
  });
  inventory.queues.push({ name, attributes: Object.fromEntries(attributes) });
  const ref = inventory.queueUrl(name);
  const arn = `arn:aws:sqs:${resource.arnPrefix}:${name}`;
  return { ref, attributes: { Arn: arn, QueueName: name, QueueUrl: ref } };
};

function tellsEventBridge(resource: Resource): boolean {
  const { EventBridgeConfiguration: on, ...others } = (resource.properties[
    'NotificationConfiguration'
  ] ?? {}) as { readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: boolean } };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw resource.error(`"${unknown}" of its notifications is unknown to the local stack`);
  }
  return on !== undefined && on.EventBridgeEnabled !== false;
}

const bucketName = (resource: Resource): string =>
  typeof resource.properties['BucketName'] === 'string'
    ? resource.name('BucketName')
    : resource.name('BucketName', 63).toLowerCase();

const bucket: Maker = (resource, inventory) => {
  const name = bucketName(resource);
  inventory.buckets.push(name);
  if (tellsEventBridge(resource)) inventory.tellingBuckets.add(name);
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${resource.stack.region}.amazonaws.com`,
    },
  };
};

const secret: Maker = (resource, inventory) => {
  resource.allow('Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags');
  const { SecretString, GenerateSecretString } = resource.properties;
  const name = resource.name('Name', 200);
  const arn = `arn:aws:secretsmanager:${resource.arnPrefix}:secret:${name}-000000`;
  if (typeof SecretString === 'string') inventory.secrets.put({ name, arn, value: SecretString });
  else {
    inventory.secrets.generate(name, arn, (GenerateSecretString ?? {}) as GenerateSecretString);
  }
  return { ref: arn, attributes: { Id: arn } };
};

const store: Maker = (resource, inventory) => {
  // ImportSource would be read from a bucket that does not exist here yet.
  resource.allow('Name', 'Comment', 'Tags');
  const name = resource.name('Name');
  const arn = `arn:aws:cloudfront::000000000000:key-value-store/${name}`;
  inventory.stores.create(arn);
  return { ref: name, attributes: { Arn: arn, Id: name, Status: 'READY' } };
};

export const dataResources: Makers = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': queue,
  'AWS::S3::Bucket': bucket,
  'AWS::SecretsManager::Secret': secret,
  'AWS::CloudFront::KeyValueStore': store,
};
