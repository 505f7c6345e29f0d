/** @module What the gate answers itself. Status codes appear in this file and nowhere else in `edge/`. */

import type { GateResponse, Headers } from './event.ts';

/** Every code that the gate says. */
export type Code =
  | 'bad-request'
  | 'session-missing'
  | 'not-open'
  | 'door-key-wrong'
  | 'ticket-invalid'
  | 'ticket-expired'
  | 'challenge-failed'
  | 'code-wrong'
  | 'captcha-required'
  | 'not-eligible'
  | 'blocked'
  | 'unknown-sale'
  | 'closed'
  | 'not-your-turn'
  | 'paused'
  | 'unavailable';

/** All others are 403: each byte of this function is counted. */
const STATUS: { readonly [code in Code]?: number } = {
  'bad-request': 400,
  'session-missing': 401,
  'unknown-sale': 404,
  closed: 410,
  'not-your-turn': 429,
  paused: 503,
  unavailable: 503,
};

function headersOf(type: string): Headers {
  return { 'content-type': { value: type }, 'cache-control': { value: 'no-store' } };
}

/** An answer with a JSON body. */
export function json(body: object): GateResponse {
  return {
    statusCode: 200,
    headers: headersOf('application/json'),
    body: { encoding: 'text', data: JSON.stringify(body) },
  };
}

/** An answer without a body, and with a session cookie when one is given. */
export function noContent(cookie?: { value: string; attributes: string }): GateResponse {
  const headers = { 'cache-control': { value: 'no-store' } };
  return cookie
    ? { statusCode: 204, headers, cookies: { fs_session: cookie } }
    : { statusCode: 204, headers };
}

export function movedTo(location: string): GateResponse {
  return { statusCode: 301, headers: { location: { value: location } } };
}

/** `not-open` is titled "Not open", here as in the functions. */
function titleOf(code: Code): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replace(/-/g, ' ');
}

/**
 * A refusal, as a problem document.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(code: Code, detail: string, name?: string, value?: number): GateResponse {
  const status = STATUS[code] || 403;
  const document: { [name: string]: unknown } = {
    type: `urn:flash-sale:problem:${code}`,
    title: titleOf(code),
    status,
    code,
    detail,
  };
  if (name) document[name] = value;
  return {
    statusCode: status,
    headers: headersOf('application/problem+json'),
    body: { encoding: 'text', data: JSON.stringify(document) },
  };
}

/** A refusal that says when to come back. */
export function comeBack(code: Code, detail: string, afterSeconds: number): GateResponse {
  const refusal = problem(code, detail, 'retryAfterSeconds', afterSeconds);
  refusal.headers['retry-after'] = { value: `${afterSeconds}` };
  return refusal;
}

export const blockedRefusal = () => problem('blocked', 'This address or client is blocked.');

export function wrongMethod(request: { readonly method: string }, right: string): GateResponse {
  return problem('bad-request', `Cannot ${request.method} this path: it takes ${right}.`);
}
