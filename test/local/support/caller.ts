/** @module A function that makes the AWS calls that its event lists, with the real SDK clients. */

import { bundled } from './assembly.ts';

/** Event: `{calls: [[client, command, input], …]}`; answer: for each call its output, or `{error: name}`; invocations so far; the time. */
export const callerCode = () =>
  bundled(`
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as sqs from '@aws-sdk/client-sqs';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as events from '@aws-sdk/client-eventbridge';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as store from '@aws-sdk/client-cloudfront-keyvaluestore';
const overrides = globalThis[Symbol.for('aws.client.overrides')];
const modules = { dynamodb, sqs, s3, secrets, events, scheduler, store };
const clients = {
  dynamodb: new dynamodb.DynamoDBClient({ ...overrides }),
  sqs: new sqs.SQSClient({ useQueueUrlAsEndpoint: false, ...overrides }),
  s3: new s3.S3Client({ ...overrides }),
  secrets: new secrets.SecretsManagerClient({ ...overrides }),
  events: new events.EventBridgeClient({ ...overrides }),
  scheduler: new scheduler.SchedulerClient({ ...overrides }),
  store: new store.CloudFrontKeyValueStoreClient({ ...overrides }),
};
let count = 0;
export const handler = async ({ calls }) => {
  const answers = [];
  for (const [client, command, input] of calls) {
    try {
      const { $metadata, Body, ...output } = await clients[client].send(new modules[client][command + 'Command'](input));
      answers.push(Body ? { ...output, Body: await Body.transformToString() } : output);
    } catch (error) {
      answers.push({ error: error.name, message: error.message });
    }
  }
  count += 1;
  return { answers, count, now: Date.now() };
};
`);
