/** @module What API Gateway answers by itself, as the problem documents that the functions answer too (RFC 9457). */

import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { documentOf, type Problem } from './problem-document.ts';

const THROTTLED: Problem = {
  code: 'too-many-requests',
  status: 429,
  title: 'Too many requests',
  detail: 'More requests arrive than are admitted.',
  // A bucket refills every second.
  retryAfterSeconds: 1,
};

const PROBLEMS: readonly (readonly [type: ResponseType, problem: Problem])[] = [
  [ResponseType.THROTTLED, THROTTLED],
  [ResponseType.QUOTA_EXCEEDED, THROTTLED],
  [
    ResponseType.INVALID_API_KEY,
    {
      code: 'not-eligible',
      status: 403,
      title: 'Not eligible',
      detail: 'The API answers the site alone.',
    },
  ],
  [
    // What API Gateway says of a path or method that it does not know.
    ResponseType.MISSING_AUTHENTICATION_TOKEN,
    {
      code: 'bad-request',
      status: 400,
      title: 'Bad request',
      detail: 'There is no such path or method.',
    },
  ],
  [
    ResponseType.REQUEST_TOO_LARGE,
    {
      code: 'bad-request',
      status: 400,
      title: 'Bad request',
      detail: 'The request is too large.',
    },
  ],
  [
    ResponseType.DEFAULT_4XX,
    {
      code: 'bad-request',
      status: 400,
      title: 'Bad request',
      detail: 'The request cannot be read.',
    },
  ],
  [
    // A function that failed (502), timed out (504) or has no environment free (500): for a shopper the same thing.
    ResponseType.DEFAULT_5XX,
    {
      code: 'unavailable',
      status: 503,
      title: 'Unavailable',
      detail: 'The request could not be served now.',
      retryAfterSeconds: 1,
    },
  ],
];

/** Gives the API an answer for each case in which no function is asked, or none answers. */
export function addProblemResponses(api: RestApi) {
  for (const [type, problem] of PROBLEMS) {
    api.addGatewayResponse(`Problem${type.responseType}`, {
      type,
      statusCode: `${problem.status}`,
      // API Gateway chooses a template by what the caller accepts, and falls back to this type alone.
      templates: { 'application/json': documentOf(problem) },
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        ...(problem.retryAfterSeconds && { 'Retry-After': `'${problem.retryAfterSeconds}'` }),
      },
    });
  }
}
