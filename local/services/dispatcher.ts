/** @module One way into every AWS service: for functions in this process, and for clients of the AWS endpoint. */

import type { EngineClient, JsonEngine } from '../engines/engine-client.ts';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  errorResponse,
  type Service,
} from './aws-http.ts';
import { conditionalPuts } from './conditional-put.ts';
import { type ObjectEventsOptions, objectEvents } from './object-events.ts';
import { type Operation, operationOf } from './operation.ts';
import { stsApi } from './sts-api.ts';

export type Dispatch = (request: AwsRequest, operation?: Operation) => Promise<AwsResponse>;

export type DispatcherOptions = {
  readonly tables: JsonEngine;
  readonly queues: EngineClient;
  /** Services of ours, by the name that {@link operationOf} gives. */
  readonly services: Readonly<Record<string, Service>>;
  /** Who is told of new objects. */
  readonly objects: ObjectEventsOptions;
  /** Told of messages that become visible later, so that the virtual clock stops there. */
  readonly onQueueCall: (operation: string, body: string | Uint8Array) => void;
};

/** Answers every call; a service that nobody runs is an error of the caller. */
export function dispatcher(options: DispatcherOptions): Dispatch {
  const { tables, queues, objects, onQueueCall } = options;
  // What it answers hangs on nothing that a stack declares.
  const services: DispatcherOptions['services'] = { ...options.services, sts: stsApi };
  const forward = conditionalPuts((request) => queues.forward(request));
  const callBuckets = objectEvents(forward, objects);
  return (request, operation = operationOf(request)) => {
    const { service, operation: name, isUnknown } = operation;
    if (service === 'dynamodb') return tables.json(`DynamoDB_20120810.${name}`, request.body);
    if (service === 's3') return callBuckets(request);
    if (service !== 'sqs')
      return answer(isUnknown ? undefined : services[service], operation, request);
    return callQueue(name, request);
  };

  async function callQueue(name: string, { body }: AwsRequest) {
    const response = await queues.json(`AmazonSQS.${name}`, body);
    // Not before: the queue counts from when it has the message.
    onQueueCall(name, body);
    return response;
  }
}

async function answer(
  run: Service | undefined,
  { service, operation }: Operation,
  request: AwsRequest,
): Promise<AwsResponse> {
  try {
    if (run === undefined) throw unknown(service, operation);
    return await run(operation, request);
  } catch (error) {
    if (error instanceof AwsError) return errorResponse(error);
    throw error;
  }
}

const unknown = (service: string, operation: string) =>
  new AwsError(
    'UnknownOperationException',
    `Cannot call ${service}.${operation}: the local stack does not run it`,
  );
