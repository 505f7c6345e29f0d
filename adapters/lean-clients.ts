/**
 * @module
 * The clients of the functions, lean: services whose protocol is JSON. What stands here of each service stands in the
 * SDK's `runtimeConfig.shared` too. `sdk-clients.ts` has the same names; the build takes one or the other.
 */

import { errorTypeRegistries as dynamoDbErrors } from '@aws-sdk/client-dynamodb';
import { errorTypeRegistries as eventBridgeErrors } from '@aws-sdk/client-eventbridge';
import { errorTypeRegistries as secretsManagerErrors } from '@aws-sdk/client-secrets-manager';
import { errorTypeRegistries as sqsErrors } from '@aws-sdk/client-sqs';
import { AwsJson1_0Protocol, AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec';
import type { DynamoDb, EventBridge, SecretsManager, Sqs } from './aws-clients.ts';
import { leanClient } from './lean-client.ts';

/** As in the SDK: DynamoDB answers soon, or not at all. */
const RETRY_DELAY_MS = { dynamodb: 25, usual: 50 };

export const dynamoDb = (): DynamoDb =>
  leanClient({
    id: 'DynamoDB',
    name: 'dynamodb',
    protocol: new AwsJson1_0Protocol({
      defaultNamespace: 'com.amazonaws.dynamodb',
      errorTypeRegistries: dynamoDbErrors,
      serviceTarget: 'DynamoDB_20120810',
      jsonCodec: new DynamoDBJsonCodec2(),
    }),
    retryDelayMs: RETRY_DELAY_MS.dynamodb,
  }) as DynamoDb;

export const sqs = (): Sqs =>
  leanClient({
    id: 'SQS',
    name: 'sqs',
    protocol: new AwsJson1_0Protocol({
      defaultNamespace: 'com.amazonaws.sqs',
      errorTypeRegistries: sqsErrors,
      serviceTarget: 'AmazonSQS',
      awsQueryCompatible: true,
    }),
    retryDelayMs: RETRY_DELAY_MS.usual,
  }) as Sqs;

export const secretsManager = (): SecretsManager =>
  leanClient({
    id: 'Secrets Manager',
    name: 'secretsmanager',
    protocol: new AwsJson1_1Protocol({
      defaultNamespace: 'com.amazonaws.secretsmanager',
      errorTypeRegistries: secretsManagerErrors,
      serviceTarget: 'secretsmanager',
    }),
    retryDelayMs: RETRY_DELAY_MS.usual,
  }) as SecretsManager;

export const eventBridge = (): EventBridge =>
  leanClient({
    id: 'EventBridge',
    name: 'events',
    protocol: new AwsJson1_1Protocol({
      defaultNamespace: 'com.amazonaws.eventbridge',
      errorTypeRegistries: eventBridgeErrors,
      serviceTarget: 'AWSEvents',
    }),
    retryDelayMs: RETRY_DELAY_MS.usual,
  }) as EventBridge;
