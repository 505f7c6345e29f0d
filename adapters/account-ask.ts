/**
 * @module
 * Asking an account what it has. Whoever may not ask, or asks where nobody answers, learns why, and goes on: a preflight
 * that stops at the first line that it cannot judge says nothing of the others.
 */

import { type Learnt, learnt, unknown } from '../domain/preflight-line.ts';

/** What errors of SDK clients have in common. */
type AwsFailure = {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

const DENIED =
  /AccessDenied|NotAuthorized|Unauthorized|Forbidden|UnrecognizedClient|InvalidClientToken|ExpiredToken/;
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|SlowDown/;
const NOT_HERE = /UnknownOperation|NotImplemented|InternalFailure|UnknownService/;
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENETUNREACH|ETIMEDOUT|EPIPE)/;

/**
 * Asks. @param action the permission that it takes, as policies name it: `lambda:GetAccountSettings`
 *
 * @throws what is no failure of a service: a bug of ours is not called "not judged"
 */
export async function ask<T>(action: string, run: () => Promise<T>): Promise<Learnt<T>> {
  try {
    return learnt(await run());
  } catch (error) {
    return unknown(whyNot(action, error));
  }
}

function whyNot(action: string, error: unknown): string {
  const { name = '', code = '', message = '', $metadata } = error as AwsFailure;
  if (name === 'CredentialsProviderError') return 'there are no AWS credentials here';
  if (name === 'TimeoutError' || name === 'AbortError' || UNREACHABLE.test(code)) {
    return `nobody answers ${action}`;
  }
  if ($metadata === undefined) throw error;
  if (DENIED.test(name)) return `these credentials may not ${action}`;
  if (THROTTLED.test(name)) return `AWS throttles ${action} (${name}): ask again in a minute`;
  if (NOT_HERE.test(name)) return `this place does not answer ${action}`;
  // The SDK could not read the answer, which then was not given by AWS.
  if (name === 'Error' || name === 'SyntaxError') return `this place does not answer ${action}`;
  return `${action} is answered with ${name || $metadata.httpStatusCode}: ${message}`;
}

/** The same for what needs an output that older deployments lack. */
export function withOutput<T>(
  value: string | undefined,
  name: string,
  run: (value: string) => Promise<Learnt<T>>,
): Promise<Learnt<T>> {
  if (value !== undefined) return run(value);
  return Promise.resolve(unknown(`the outputs of this deployment lack ${name}`));
}
