/** @module Errors to HTTP, in one place: RFC 9457 documents with a stable code. Statuses appear here and nowhere else. */

/** Every code: its status, and what a client waits, in seconds, where waiting helps. */
const PROBLEMS = {
  'bad-request': { status: 400 },
  'session-missing': { status: 401 },
  'not-open': { status: 403 },
  'door-key-wrong': { status: 403 },
  'ticket-invalid': { status: 403 },
  'ticket-expired': { status: 403 },
  'not-eligible': { status: 403 },
  'unknown-sale': { status: 404 },
  'unknown-item': { status: 404 },
  'unknown-order': { status: 404 },
  // Not 410 Gone, which caches may keep: a released unit goes back on sale.
  'sold-out': { status: 409 },
  'quantity-unavailable': { status: 409 },
  'limit-reached': { status: 409 },
  'order-state': { status: 409 },
  closed: { status: 410 },
  'not-your-turn': { status: 429, wait: 1 },
  busy: { status: 429, wait: 1 },
  paused: { status: 503, wait: 5 },
  unavailable: { status: 503, wait: 1 },
  // Operators alone meet these.
  'sign-in-required': { status: 401 },
  'not-an-operator': { status: 403 },
  'operators-not-configured': { status: 403 },
  'unknown-draft': { status: 404 },
  conflict: { status: 409 },
  invalid: { status: 422 },
} as const satisfies Record<string, Meaning>;

type Meaning = { readonly status: number; readonly wait?: number };

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal, as a handler says it. */
export type Problem = {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Members that a code has besides the common ones. */
  readonly members?: Readonly<Record<string, unknown>>;
};

export const problem = (
  code: ProblemCode,
  detail: string,
  members?: Problem['members'],
): Problem => ({ code, detail, ...(members && { members }) });

/** `not-open` is titled "Not open", here as at the gate. */
const titleOf = (code: ProblemCode): string =>
  code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** The answer that carries a problem. */
export function problemAnswer({ code, detail, members }: Problem) {
  const { status, wait }: Meaning = PROBLEMS[code];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
    },
    body: JSON.stringify({
      type: `urn:flash-sale:problem:${code}`,
      title: titleOf(code),
      status,
      code,
      detail,
      ...members,
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    }),
  };
}
