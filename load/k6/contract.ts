/**
 * @module
 * What `docs/openapi.yaml` lets the shop answer, as far as shoppers ask; a test holds this to the document. A load
 * generator cannot read the document itself: it has neither files of the repository nor a parser of YAML.
 */

import type { Purpose, Reply } from '../client.ts';

/** What is asked of the shop. The payment provider is another party. */
export type Asked = Exclude<Purpose, 'provider'> | 'cancel' | 'status';

/** Codes by status; an empty list is a success. */
type Answers = Readonly<Record<number, readonly string[]>>;

/** What the web ACL may say on any path, besides what the route itself says. */
const ANYWHERE: Answers = { 403: ['blocked'], 429: ['too-many-requests'] };

const BROWSED: Answers = { 400: ['bad-request'], 429: ['busy'], 503: ['unavailable'] };

const OF_ORDER: Answers = { 200: [], 401: ['session-missing'], 404: ['unknown-order'] };

const ADMITTED: Answers = {
  200: [],
  400: ['bad-request'],
  401: ['session-missing'],
  404: ['unknown-sale'],
  410: ['closed'],
  503: ['unavailable'],
};

/** By what is asked. */
export const CONTRACT: Readonly<Record<Asked, Answers>> = {
  time: { 200: [], 400: ['bad-request'] },
  session: { 204: [], 400: ['bad-request'], 401: ['session-missing'], 503: ['unavailable'] },
  challenge: { ...ADMITTED, 204: [] },
  ticket: {
    ...ADMITTED,
    403: ['not-open', 'challenge-failed', 'code-wrong', 'captcha-required', 'not-eligible'],
  },
  // A file of the bucket, of which a 404 has no code.
  flag: { 200: [], 404: [] },
  status: { ...BROWSED, 200: [], 404: ['unknown-sale'] },
  buy: {
    200: [],
    201: [],
    400: ['bad-request'],
    401: ['session-missing'],
    403: ['not-open', 'door-key-wrong', 'ticket-invalid', 'ticket-expired', 'not-eligible'],
    404: ['unknown-sale', 'unknown-item'],
    409: ['sold-out', 'quantity-unavailable', 'limit-reached'],
    410: ['closed'],
    429: ['not-your-turn', 'busy'],
    503: ['paused', 'unavailable'],
  },
  order: { ...BROWSED, ...OF_ORDER },
  cancel: { ...BROWSED, ...OF_ORDER, 409: ['order-state'] },
  checkout: { ...BROWSED, ...OF_ORDER, 409: ['order-state'] },
};

/** Every code that a press of Buy can meet. */
export const PRESS_CODES: readonly string[] = [
  ...Object.values(CONTRACT.buy).flat(),
  ...Object.values(ANYWHERE).flat(),
];

/** The problem's code; nothing where the answer has none. */
export function codeIn({ body }: Pick<Reply, 'body'>): string | undefined {
  const { code } = body;
  return typeof code === 'string' ? code : undefined;
}

/** What an answer breaks of the contract, in words; nothing where it breaks none. No answer at all breaks none. */
export function breachOf(asked: Asked, reply: Reply): string | undefined {
  const { status, headers } = reply;
  if (status === 0) return undefined;
  const code = codeIn(reply);
  if (!isListed(asked, status, code)) {
    return `${asked} was answered ${status}${code === undefined ? ' without a code' : ` ${code}`}`;
  }
  const isWaited = status === 429 || status === 503;
  return isWaited && headers['retry-after'] === undefined
    ? `${asked} was answered ${status} ${code} without Retry-After`
    : undefined;
}

function isListed(asked: Asked, status: number, code: string | undefined): boolean {
  const codes = [CONTRACT[asked][status], ANYWHERE[status]].filter((list) => list !== undefined);
  if (code !== undefined) return codes.some((list) => list.includes(code));
  return codes.some((list) => list.length === 0);
}

/** What API Gateway and the functions alone say of a press of Buy: it was past the gate. */
const BEHIND_GATE = new Set<string | undefined>([
  'busy',
  'sold-out',
  'quantity-unavailable',
  'limit-reached',
  'unknown-item',
]);

/** Whether a press of Buy reached API Gateway. Codes that the gate says too are left out: who said them is not seen. */
export const isBehindGate = (reply: Reply): boolean =>
  reply.status === 200 || reply.status === 201 || BEHIND_GATE.has(codeIn(reply));

/** Whether an answer is the shop's failure to serve: none, a 5xx other than a pause, or a throttle's. */
export function isError(reply: Reply): boolean {
  const code = codeIn(reply);
  if (code === 'paused') return false;
  return reply.status === 0 || reply.status >= 500 || code === 'too-many-requests';
}
