/** @module Calls of AWS APIs whose outcome two places must agree on: most of them are wrong on purpose. */

import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import '@aws-sdk/signature-v4a';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientsOf } from './clients.ts';
import type { Seen } from './http-probes.ts';
import type { Place } from './place.ts';

/** Tries each call. */
export async function seeCalls(place: Place): Promise<Seen> {
  const seen: Seen = {};
  const { SigningSecretArn } = place.deployment.outputs;
  seen['the reference to a secret'] = SigningSecretArn.startsWith('arn:') ? 'an ARN' : 'a name';
  const calls = { ...tableCalls(place), ...storeCalls(place), ...otherCalls(place) };
  for (const [name, call] of Object.entries(calls)) seen[name] = await outcomeOf(call);
  return seen;
}

type Call = () => Promise<unknown>;

/** `done`, or the error's name; text where the call says more. */
async function outcomeOf(call: Call): Promise<string> {
  try {
    const said = await call();
    return typeof said === 'string' ? said : 'done';
  } catch (error) {
    return (error as Error).name;
  }
}

function tableCalls({ deployment: { db, tables } }: Place): Record<string, Call> {
  const TableName = tables.stock;
  const Key = { pk: { S: 'PROBE' } };
  const names = { '#a': 'a' };
  const update = (UpdateExpression: string, values: object = {}) =>
    db.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression, ExpressionAttributeNames: names },
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values as never }),
      }),
    );
  return {
    'DynamoDB: add to a set': () => update('ADD #a :a', { ':a': { SS: ['x', 'y'] } }),
    'DynamoDB: ADD and DELETE of one attribute': () =>
      update('ADD #a :a DELETE #a :b', { ':a': { SS: ['z'] }, ':b': { SS: ['x'] } }),
    'DynamoDB: an empty set': () => update('SET #a = :a', { ':a': { SS: [] } }),
    'DynamoDB: a value that is not used': () => update('REMOVE #a', { ':a': { S: 'x' } }),
    'DynamoDB: an empty key': () =>
      db.send(new PutItemCommand({ TableName, Item: { pk: { S: '' } } })),
    'DynamoDB: an item of 401 KB': () =>
      db.send(
        new PutItemCommand({ TableName, Item: { ...Key, big: { S: 'x'.repeat(401 * 1024) } } }),
      ),
    'DynamoDB: a condition that fails': () =>
      db.send(
        new PutItemCommand({
          ...{ TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)' },
        }),
      ),
    'DynamoDB: a table that is not there': () =>
      db.send(new PutItemCommand({ TableName: 'none', Item: Key })),
  };
}

/** The client puts the account before the endpoint's host otherwise; see `adapters/deployment.ts`. */
const storeClient = (endpoint: string): CloudFrontKeyValueStoreClient =>
  new CloudFrontKeyValueStoreClient({
    ...clientsOf(endpoint),
    endpoint: 'http://localhost',
    endpointProvider: () => ({ url: new URL(endpoint) }),
  });

function storeCalls({ endpoint, deployment: { outputs } }: Place): Record<string, Call> {
  const client = storeClient(endpoint);
  const KvsARN = outputs.KeyValueStoreArn;
  const put = (IfMatch: string, Value: string) =>
    client.send(new UpdateKeysCommand({ KvsARN, IfMatch, Puts: [{ Key: 'probe', Value }] }));
  const etag = async () =>
    (await client.send(new DescribeKeyValueStoreCommand({ KvsARN }))).ETag ?? '';
  return {
    'KeyValueStore: a key that is not there': () =>
      client.send(new GetKeyCommand({ KvsARN, Key: 'none' })),
    'KeyValueStore: a change of an old version': () => put('none', 'x'),
    'KeyValueStore: a value of 1 KB': async () => put(await etag(), 'x'.repeat(1024)),
    'KeyValueStore: a value of 1 KB and a byte': async () => put(await etag(), 'x'.repeat(1025)),
  };
}

function otherCalls({ endpoint, deployment: { outputs } }: Place): Record<string, Call> {
  const settings = clientsOf(endpoint);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const secrets = new SecretsManagerClient(settings);
  const events = new EventBridgeClient(settings);
  const Bucket = outputs.SiteBucket;
  const list = { Bucket, Key: 'sales/index.json' };
  return {
    ...scheduleCalls(new SchedulerClient(settings), outputs),
    'S3: an object that is not there': () => s3.send(new GetObjectCommand({ Bucket, Key: 'none' })),
    'S3: an object that must not be there yet': () =>
      s3.send(new PutObjectCommand({ ...list, Body: 'x', IfNoneMatch: '*' })),
    'SQS: a queue that is not there': () =>
      sqs.send(
        new SendMessageCommand({ QueueUrl: `${outputs.OrdersQueueUrl}x`, MessageBody: 'x' }),
      ),
    'SQS: a delay of 15 minutes and a second': () =>
      sqs.send(
        new SendMessageCommand({
          ...{ QueueUrl: outputs.OrdersQueueUrl, MessageBody: '{}', DelaySeconds: 901 },
        }),
      ),
    'Secrets Manager: a secret that is not there': () =>
      secrets.send(new GetSecretValueCommand({ SecretId: 'none' })),
    'EventBridge: an event without a detail': async () => {
      const Entries = [{ Source: 'probe', DetailType: 'probe' }];
      const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }));
      return `${FailedEntryCount} failed`;
    },
  };
}

function scheduleCalls(
  client: SchedulerClient,
  { ScheduleGroup, SweepFunctionArn, SchedulerRoleArn }: Place['deployment']['outputs'],
): Record<string, Call> {
  const create = (Name: string, ScheduleExpression: string, GroupName = ScheduleGroup) =>
    client.send(
      new CreateScheduleCommand({
        ...{ Name, GroupName, ScheduleExpression, FlexibleTimeWindow: { Mode: 'OFF' } },
        State: 'DISABLED',
        Target: { Arn: SweepFunctionArn, RoleArn: SchedulerRoleArn },
      }),
    );
  return {
    'Scheduler: a name that is taken': () => create('crowd-sweep', 'rate(1 minute)'),
    'Scheduler: an expression that is none': () => create('probe-bad', 'rate(1 fortnight)'),
    'Scheduler: a group that is not there': () => create('probe-group', 'rate(1 minute)', 'none'),
    'Scheduler: a schedule that is not there': () =>
      client.send(new GetScheduleCommand({ GroupName: ScheduleGroup, Name: 'none' })),
  };
}
