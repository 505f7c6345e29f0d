/** @module Lambda's API for provisioned concurrency: environments that are started before anybody calls. */

import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  documentOf,
  jsonResponse,
} from '../services/aws-http.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** Answers Put-, Get- and DeleteProvisionedConcurrencyConfig. Environments are there at once: nothing is in progress. */
export function provisionedConcurrency(
  operation: string,
  request: AwsRequest,
  fn: LambdaFunction,
): AwsResponse {
  const qualifier = qualifierIn(request);
  if (operation === 'DeleteProvisionedConcurrencyConfig') {
    fn.provision(qualifier, 0);
    return { status: 204, headers: {}, body: new Uint8Array() };
  }
  if (operation === 'PutProvisionedConcurrencyConfig') {
    fn.provision(qualifier, wantedIn(request, fn));
    return jsonResponse(202, configOf(fn, qualifier));
  }
  if (fn.provisionedFor(qualifier) === 0) {
    throw new AwsError(
      'ProvisionedConcurrencyConfigNotFoundException',
      'No Provisioned Concurrency Config found for this function',
      404,
    );
  }
  return jsonResponse(200, configOf(fn, qualifier));
}

function qualifierIn({ path }: AwsRequest): string {
  const qualifier = new URLSearchParams(path.split('?')[1]).get('Qualifier') ?? '$LATEST';
  if (qualifier !== '$LATEST') return qualifier;
  throw refusal(
    'Provisioned Concurrency Configs cannot be applied to unpublished function versions',
  );
}

function wantedIn(request: AwsRequest, { spec }: LambdaFunction): number {
  type Put = { readonly ProvisionedConcurrentExecutions?: unknown };
  const wanted = documentOf<Put>(request).ProvisionedConcurrentExecutions;
  if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 1) {
    throw refusal(`ProvisionedConcurrentExecutions must be 1 or more, not ${String(wanted)}`);
  }
  if (wanted > (spec.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
    throw refusal(
      `Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function: ${spec.reservedConcurrency}`,
    );
  }
  return wanted;
}

const refusal = (message: string) => new AwsError('InvalidParameterValueException', message);

function configOf(fn: LambdaFunction, qualifier: string): object {
  const count = fn.provisionedFor(qualifier);
  return {
    RequestedProvisionedConcurrentExecutions: count,
    AvailableProvisionedConcurrentExecutions: count,
    AllocatedProvisionedConcurrentExecutions: count,
    Status: 'READY',
    LastModified: new Date(fn.provisionedAt).toISOString().replace('Z', '+0000'),
  };
}
