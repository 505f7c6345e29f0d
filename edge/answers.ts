/** @module What the gate answers itself. Status codes appear in this file and nowhere else in `edge/`. */

import type { GateResponse, Headers } from './event.ts';

const STATUS = {
  'bad-request': 400,
  'session-missing': 401,
  'not-open': 403,
  'door-key-wrong': 403,
  'ticket-invalid': 403,
  'ticket-expired': 403,
  'unknown-sale': 404,
  closed: 410,
  'not-your-turn': 429,
  paused: 503,
  unavailable: 503,
};

const TITLE: { readonly [code in Code]: string } = {
  'bad-request': 'Bad request',
  'session-missing': 'Session missing',
  'not-open': 'Not open yet',
  'door-key-wrong': 'Wrong door key',
  'ticket-invalid': 'Ticket not valid',
  'ticket-expired': 'Ticket expired',
  'unknown-sale': 'Unknown sale',
  closed: 'Sale closed',
  'not-your-turn': 'Not your turn yet',
  paused: 'Sale paused',
  unavailable: 'Unavailable',
};

export type Code = keyof typeof STATUS;

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

/**
 * A refusal, as a problem document.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(code: Code, detail: string, name?: string, value?: number): GateResponse {
  const document: { [name: string]: unknown } = {
    type: `urn:flash-sale:problem:${code}`,
    title: TITLE[code],
    status: STATUS[code],
    code,
    detail,
  };
  if (name) document[name] = value;
  return {
    statusCode: STATUS[code],
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

export function wrongMethod(request: { readonly method: string }, right: string): GateResponse {
  return problem('bad-request', `Cannot ${request.method} this path: it takes ${right}.`);
}
