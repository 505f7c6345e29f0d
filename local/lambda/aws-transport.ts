/** @module The SDK clients' way out of an environment: counted, faulty on request, and cut off when it is killed. */

import { Readable } from 'node:stream';
import type { CallLog } from '../calls.ts';
import type { CallFault, Faults } from '../faults.ts';
import { type AwsRequest, type AwsResponse, textOf } from '../services/aws-http.ts';
import type { Dispatch } from '../services/dispatcher.ts';
import { type Operation, operationOf } from '../services/operation.ts';
import { faultResponse } from './fault-response.ts';
import { requestOf, type SdkRequest } from './sdk-request.ts';
import { tableOf, unitsOf, withUnits } from './units.ts';

/** What a call knows of the environment that makes it. */
export type Caller = {
  readonly functionName: string;
  readonly isDead: boolean;
  kill(): void;
  /** Waits on the environment's own timers. */
  sleep(ms: number): Promise<unknown>;
};

export type TransportOptions = {
  readonly dispatch: Dispatch;
  readonly calls: CallLog;
  readonly faults: Faults;
};

type SdkResponse = {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
};

/** How long a client waits for an answer that never comes. */
const CLIENT_PATIENCE_MS = 1000;

const NEVER = new Promise<never>(() => {});

/** What every client is built with: see `globalThis[Symbol.for('aws.client.overrides')]`. */
export function awsOverrides(options: TransportOptions, caller: Caller): object {
  const handle = async (request: SdkRequest): Promise<SdkResponse> => {
    const answer = await call(options, caller, await requestOf(request));
    const { status, body } = answer;
    // Engines date their answers by the machine's clock. From that of the stack a client would correct its own, and
    // make each refused call once more.
    const { date: _, ...headers } = answer.headers;
    const isObject = body.length > 0 && request.headers['x-amz-target'] === undefined;
    return {
      response: {
        statusCode: status,
        headers,
        body: isObject ? Readable.from([Buffer.from(body)]) : body,
      },
    };
  };
  return {
    requestHandler: { handle, metadata: { handlerProtocol: 'http/1.1' }, destroy: () => {} },
    signer: { sign: async (request: unknown) => request },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    region: 'us-east-1',
  };
}

async function call(
  options: TransportOptions,
  caller: Caller,
  request: AwsRequest,
): Promise<AwsResponse> {
  if (caller.isDead) return NEVER;
  const operation = operationOf(request);
  const fault = faultOf(options, caller, request, operation);
  if (fault === undefined) return execute(options, caller, request, operation);
  return hit(fault, options, caller, request, operation);
}

function faultOf(
  { faults }: TransportOptions,
  { functionName }: Caller,
  request: AwsRequest,
  { service, operation }: Operation,
): CallFault | undefined {
  if (faults.isEmpty) return undefined;
  const body = textOf(request.body);
  return faults.forCall({ function: functionName, service, operation, table: tableOf(body), body });
}

async function hit(
  fault: CallFault,
  options: TransportOptions,
  caller: Caller,
  request: AwsRequest,
  operation: Operation,
): Promise<AwsResponse> {
  if (fault.action === 'kill-before') return killed(caller);
  if (fault.action === 'throttle' || fault.action === 'error-before') {
    const response = faultResponse(fault.action, operation);
    count(options.calls, caller, request, operation, response);
    return response;
  }
  if (fault.action === 'hang') return hang(caller, fault.ms ?? CLIENT_PATIENCE_MS);
  if (fault.action === 'delay') await caller.sleep(fault.ms ?? 0);
  const response = await execute(options, caller, request, operation);
  if (fault.action === 'kill-after') return killed(caller);
  return fault.action === 'error-after' ? faultResponse(fault.action, operation) : response;
}

function killed(caller: Caller): Promise<never> {
  caller.kill();
  return NEVER;
}

/** Ends as the SDK's own handler does when its request timeout has passed. */
async function hang(caller: Caller, ms: number): Promise<never> {
  await caller.sleep(ms);
  throw Object.assign(new Error(`No answer in ${ms} ms`), { name: 'TimeoutError' });
}

async function execute(
  { dispatch, calls }: TransportOptions,
  caller: Caller,
  request: AwsRequest,
  target: Operation,
): Promise<AwsResponse> {
  const sent = target.service === 'dynamodb' ? withUnits(request) : request;
  const response = await dispatch(sent, target);
  count(calls, caller, request, target, response);
  return response;
}

function count(
  calls: CallLog,
  { functionName }: Caller,
  { body }: AwsRequest,
  target: Operation,
  response: AwsResponse,
) {
  const isTable = target.service === 'dynamodb';
  calls.add({
    function: functionName,
    ...target,
    table: isTable ? tableOf(textOf(body)) : undefined,
    ...(isTable ? unitsOf(target.operation, response) : { writeUnits: 0, readUnits: 0 }),
    error: response.status < 300 ? undefined : codeOf(response),
  });
}

const codeOf = ({ status, headers, body }: AwsResponse): string => {
  const code = headers['x-amzn-errortype'] ?? /"__type"\s*:\s*"([^"]+)"/.exec(textOf(body))?.[1];
  return code?.replace(/^.*#/, '').replace(/:.*$/, '') ?? `${status}`;
};
