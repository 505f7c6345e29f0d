/** @module The clients of the functions as the SDK has them: deployed with `-c awsClient=sdk` in place of the lean ones. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  clientSettings,
  type DynamoDb,
  type EventBridge,
  queueSettings,
  type SecretsManager,
  type Sqs,
} from './aws-clients.ts';

export const dynamoDb = (): DynamoDb => new DynamoDBClient(clientSettings());

export const sqs = (): Sqs => new SQSClient(queueSettings());

export const secretsManager = (): SecretsManager => new SecretsManagerClient(clientSettings());

export const eventBridge = (): EventBridge => new EventBridgeClient(clientSettings());
