/** @module Errors to HTTP, in one place: RFC 9457 documents with a stable code. Statuses appear here and nowhere else. */

/** Every code: its status, its title, and what a client waits, in seconds, where waiting helps. */
const PROBLEMS = {
  'bad-request': { status: 400, title: 'Bad request' },
  'session-missing': { status: 401, title: 'Session missing' },
  'not-open': { status: 403, title: 'Not open yet' },
  'door-key-wrong': { status: 403, title: 'Wrong door key' },
  'ticket-invalid': { status: 403, title: 'Ticket not valid' },
  'ticket-expired': { status: 403, title: 'Ticket expired' },
  'not-eligible': { status: 403, title: 'Not eligible' },
  'unknown-sale': { status: 404, title: 'Unknown sale' },
  'unknown-item': { status: 404, title: 'Unknown item' },
  'unknown-order': { status: 404, title: 'Unknown order' },
  // Not 410 Gone, which caches may keep: a released unit goes back on sale.
  'sold-out': { status: 409, title: 'Sold out' },
  'quantity-unavailable': { status: 409, title: 'Quantity not available' },
  'limit-reached': { status: 409, title: 'Limit reached' },
  'order-state': { status: 409, title: 'Not possible in this state' },
  closed: { status: 410, title: 'Sale closed' },
  'not-your-turn': { status: 429, title: 'Not your turn yet', wait: 1 },
  busy: { status: 429, title: 'Busy', wait: 1 },
  paused: { status: 503, title: 'Sale paused', wait: 5 },
  unavailable: { status: 503, title: 'Unavailable', wait: 1 },
} as const satisfies Record<string, Meaning>;

type Meaning = { readonly status: number; readonly title: string; readonly wait?: number };

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal, as a handler says it. */
export type Problem = {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Members that a code has besides the common ones. */
  readonly members?: Readonly<Record<string, string | number>>;
};

export const problem = (
  code: ProblemCode,
  detail: string,
  members?: Problem['members'],
): Problem => ({ code, detail, ...(members && { members }) });

/** The answer that carries a problem. */
export function problemAnswer({ code, detail, members }: Problem) {
  const { status, title, wait }: Meaning = PROBLEMS[code];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
    },
    body: JSON.stringify({
      type: `urn:flash-sale:problem:${code}`,
      title,
      status,
      code,
      detail,
      ...members,
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    }),
  };
}
