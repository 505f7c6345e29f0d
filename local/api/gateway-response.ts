/** @module What API Gateway answers by itself, in its own words or in those of the template. */

import type { HttpResponse } from '../http-message.ts';
import type { ResponsePart } from './api-parts.ts';

type Default = { readonly status: number; readonly message: string };

const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden' },
  THROTTLED: { status: 429, message: 'Too Many Requests' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Missing required request parameters' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  /** A function that failed, or that answered what is no response. */
  LAMBDA_FAILURE: { status: 502, message: 'Internal server error' },
  /** A function without a free environment. */
  LAMBDA_THROTTLED: { status: 500, message: 'Internal server error' },
} as const satisfies Readonly<Record<string, Default>>;

export type GatewayError = keyof typeof DEFAULTS;

export function gatewayResponse(
  type: GatewayError,
  declared: readonly ResponsePart[],
  requestId: string,
): HttpResponse {
  const { status, message } = DEFAULTS[type];
  const family = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const own = declared.find((part) => part.type === type);
  const part = own ?? declared.find((one) => one.type === family);
  return {
    status: part?.status ?? status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...part?.headers,
    },
    body: filled(part?.template, message, requestId),
  };
}

const filled = (template: string | undefined, message: string, requestId: string): string =>
  (template ?? '{"message":$context.error.messageString}')
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.requestId', requestId);
