/** @module What every function behind the API has in common. */

import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { throttleReason } from '../adapters/circuit-breaker.ts';
import { emit } from '../adapters/metrics.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { type Problem, problem, problemAnswer } from './problem.ts';

/** What a handler answers when all is well. */
export type Reply = {
  readonly statusCode: 200 | 201 | 204;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request, its header names in lower case. */
export type Request = APIGatewayProxyEvent;

/** Turns a use case into a function. What it throws is logged once and answered as `unavailable`. */
export const http = (run: (request: Request) => Promise<Reply | Problem>) =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(httpErrorHandler({ logger: false }))
    .use(httpHeaderNormalizer({ canonical: false }))
    .use({ after: nameTransaction, onError: logOnce })
    .handler(async (request) => answerOf(await run(request)));

function answerOf(reply: Reply | Problem): APIGatewayProxyResult {
  if ('code' in reply) return problemAnswer(reply);
  const { statusCode, body, headers } = reply;
  return {
    statusCode,
    headers: {
      'cache-control': 'no-store',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The transaction's id goes back with each answer, so that a shopper's report leads to the logs. */
const nameTransaction = ({
  event,
  response,
}: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>) => {
  const transaction = event.headers?.['x-transaction-id'];
  if (transaction && response)
    response.headers = { ...response.headers, 'x-transaction-id': transaction };
};

/** Expected refusals are replies: what comes here is a bug, or AWS. Never an event, a token or a key in a log. */
function logOnce(request: middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult, Error>): void {
  const { error, event } = request;
  const transaction = event.headers?.['x-transaction-id'];
  console.error(
    JSON.stringify({
      message: 'Cannot answer a request',
      error: error?.name,
      why: error?.message,
      stack: error?.stack,
      route: event.resource,
      transaction,
    }),
  );
  const now = systemClock();
  emit({}, { Failed: 1 }, now);
  const Reason = throttleReason(error);
  if (Reason !== undefined) emit({ Reason }, { Throttled: 1 }, now);
  const { statusCode, headers, body } = problemAnswer(
    problem('unavailable', 'Something did not answer in time: please try again'),
  );
  const { 'content-type': type, ...others } = headers;
  // The error handler sets a type under this very name: under another one there would be two.
  const named = { ...others, 'Content-Type': type };
  request.error = Object.assign(new Error(body), {
    statusCode,
    headers: transaction ? { ...named, 'x-transaction-id': transaction } : named,
    expose: true,
  });
}
