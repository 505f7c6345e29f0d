/** @module What a service answers when a fault was asked for. */

import { AwsError, type AwsResponse, errorResponse } from '../services/aws-http.ts';
import type { Operation } from '../services/operation.ts';

/** How each service says that it is asked too much. */
const THROTTLES: Readonly<Record<string, readonly [code: string, status: number]>> = {
  dynamodb: ['ProvisionedThroughputExceededException', 400],
  sqs: ['RequestThrottled', 403],
  s3: ['SlowDown', 503],
  lambda: ['TooManyRequestsException', 429],
};

export function faultResponse(
  action: 'throttle' | 'error-before' | 'error-after',
  { service, operation }: Operation,
): AwsResponse {
  const [code, status] =
    action === 'throttle'
      ? (THROTTLES[service] ?? (['ThrottlingException', 400] as const))
      : (['InternalServerError', 500] as const);
  const message = `${service}.${operation} met the fault "${action}"`;
  if (service !== 's3') return errorResponse(new AwsError(code, message, status));
  const document = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: new TextEncoder().encode(document),
  };
}
