/** @module How a client of AWS is set up, everywhere. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RequestSigner } from '@smithy/types';
import type { Transport } from './http-transport.ts';

/** A call that takes longer is given up: a shopper has no time for it, and each step can be repeated. */
export const CALL_TIMEOUT_MS = 1000;

/** Calls that are made before one is given up. */
export const MAX_ATTEMPTS = 2;

/**
 * The local stack gives its functions a transport of their own under this symbol; on AWS nothing stands there. So the
 * bundle that runs locally is the bundle that is deployed.
 */
const OVERRIDES = Symbol.for('aws.client.overrides');

type Overrides = { readonly requestHandler?: Transport; readonly signer?: RequestSigner };

/** As much of a client as its users need: what sends commands, be it the SDK's or a lean one. */
export type DynamoDb = Pick<DynamoDBClient, 'send'>;
export type EventBridge = Pick<EventBridgeClient, 'send'>;
export type SecretsManager = Pick<SecretsManagerClient, 'send'>;
export type Sqs = Pick<SQSClient, 'send'>;

/** What the local stack gives in place of AWS: nothing on AWS. */
export const clientOverrides = (): Overrides =>
  (globalThis as { [OVERRIDES]?: Overrides })[OVERRIDES] ?? {};

/** Settings that every client of the SDK starts from. */
export const clientSettings = (): object => ({
  maxAttempts: MAX_ATTEMPTS,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: CALL_TIMEOUT_MS,
    requestTimeout: CALL_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  }),
  ...clientOverrides(),
});

/** Settings of SQS clients: an endpoint that is configured is meant, whatever a queue's URL says. */
export const queueSettings = (): object => ({
  ...clientSettings(),
  useQueueUrlAsEndpoint: false,
  md5: false,
});
