/** @module How a client of AWS is set up, everywhere. */

import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A call that takes longer is given up: a shopper has no time for it, and each step can be repeated. */
const CALL_TIMEOUT_MS = 1000;

/**
 * The local stack gives its functions a transport of their own under this symbol; on AWS nothing stands there. So the
 * bundle that runs locally is the bundle that is deployed.
 */
const OVERRIDES = Symbol.for('aws.client.overrides');

/** Settings that every client starts from. */
export const clientSettings = (): object => ({
  maxAttempts: 2,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: CALL_TIMEOUT_MS,
    requestTimeout: CALL_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  }),
  ...(globalThis as { [OVERRIDES]?: object })[OVERRIDES],
});

/** Settings of SQS clients: an endpoint that is configured is meant, whatever a queue's URL says. */
export const queueSettings = (): object => ({
  ...clientSettings(),
  useQueueUrlAsEndpoint: false,
  md5: false,
});
