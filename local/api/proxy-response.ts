/** @module A function's answer, as a REST API sends it on. */

import type { HttpResponse } from '../http-message.ts';

type ProxyResponse = {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
};

/** Reads what a handler returned; undefined where API Gateway would call it malformed. */
export function proxyResponse(value: unknown, requestId: string): HttpResponse | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { statusCode, body = '', isBase64Encoded, ...given } = value as ProxyResponse;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (typeof body !== 'string') return undefined;
  return {
    status,
    headers: headersOf(given, requestId),
    body: isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}

function headersOf({ headers, multiValueHeaders }: ProxyResponse, requestId: string) {
  const all: Record<string, string | string[]> = {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
  };
  for (const [name, value] of Object.entries(headers ?? {}))
    all[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    all[name.toLowerCase()] = values.map(String);
  }
  return all;
}
