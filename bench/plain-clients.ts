/** @module The SDK's clients as they come, without a setting: what the lean ones are measured beside. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDb, EventBridge, SecretsManager, Sqs } from '../adapters/aws-clients.ts';

export const dynamoDb = (): DynamoDb => new DynamoDBClient({});

export const sqs = (): Sqs => new SQSClient({});

export const secretsManager = (): SecretsManager => new SecretsManagerClient({});

export const eventBridge = (): EventBridge => new EventBridgeClient({});
