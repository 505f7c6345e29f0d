/** @module The operators' API. Nothing here throws: an answer is a value or a problem. */

import { token } from './session.ts';

export type Mistake = { readonly path: string; readonly rule: string };

/** Why something was refused: a documented code, or `unreachable`. */
export type Problem = {
  readonly code: string;
  readonly detail: string;
  readonly reason?: string;
  readonly mistakes?: readonly Mistake[];
};

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** A little longer than the API itself waits. */
const TIMEOUT_MS = 35_000;

type Watcher = { reached(isReached: boolean): void; signedOut(problem: Problem): void };

let watcher: Watcher | undefined;

/** Is told after each request whether anything answered, and when the sign-in has ended. */
export function watch(one: Watcher): void {
  watcher = one;
}

export const get = <T>(path: string): Promise<Answer<T>> => call('GET', path);

/** Sends JSON, or rows as text. */
export const send = <T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object | string,
): Promise<Answer<T>> => call(method, path, body);

async function call<T>(method: string, path: string, body?: object | string): Promise<Answer<T>> {
  const isRows = typeof body === 'string';
  const type = isRows && !/^\s*\[/.test(body) ? 'text/csv' : 'application/json';
  const response = await fetch(`/api/operator${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token()}`,
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: isRows ? body : JSON.stringify(body) }),
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  watcher?.reached(response !== undefined);
  if (response === undefined) return failed('unreachable', 'The shop does not answer');
  const answer = (await response.json().catch(() => undefined)) as unknown;
  if (response.ok) return { ok: true, value: answer as T };
  const { code = 'unavailable', detail = 'Something did not answer' } = (answer ?? {}) as Problem;
  const problem = { ...(answer as Problem), code, detail };
  if (response.status === 401) watcher?.signedOut(problem);
  return { ok: false, problem };
}

const failed = (code: string, detail: string): Answer<never> => ({
  ok: false,
  problem: { code, detail },
});
