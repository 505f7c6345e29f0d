/** @module Requests as API Gateway hands them over. */

import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import type { http, Request } from '../../lambdas/http.ts';

export const aRequest = (changes: Partial<Request> = {}): Request =>
  ({
    httpMethod: 'GET',
    resource: '/api/orders/{orderId}',
    path: '/api/orders/x',
    headers: {},
    pathParameters: null,
    queryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    ...changes,
  }) as Request;

/** Calls a function as Lambda does. */
export const answer = (handler: ReturnType<typeof http>, request: Request) =>
  handler(request, {} as Context) as Promise<APIGatewayProxyResult>;

/** What is written to a stream of the console while something runs. */
export async function written(
  stream: 'stdout' | 'error',
  run: () => unknown,
): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  const keep = (line: string) => lines.push(line);
  const { error } = console;
  const write = process.stdout.write;
  if (stream === 'error') console.error = keep;
  else process.stdout.write = (line: never) => keep(line) > 0;
  try {
    await run();
  } finally {
    console.error = error;
    process.stdout.write = write;
  }
  return lines.map((line) => JSON.parse(line));
}
