/** @module A look at an address, as anybody may: what it answers, or that nobody does. */

import type { Answer } from '../domain/preflight-facts.ts';
import { type Learnt, learnt, unknown } from '../domain/preflight-line.ts';

/** Follows no redirection: what a shopper is sent to is an answer too. */
export async function look(url: string, patienceMs: number): Promise<Learnt<Answer>> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const { status, headers } = response;
    return learnt({ status, headers: Object.fromEntries(headers), body: await response.text() });
  } catch (error) {
    // `fetch` rejects for one reason alone, and names it in the cause.
    const { code = (error as Error).name } = ((error as Error).cause ?? {}) as { code?: string };
    return unknown(`nobody answers ${url} (${code})`);
  }
}

/** The JSON object of an answer, or why there is none. */
export function jsonIn<T extends object>(answer: Learnt<Answer>): Learnt<T> {
  if (answer.kind === 'unknown') return answer;
  const { status, body } = answer.value;
  if (status !== 200) return unknown(`it answers ${status}`);
  try {
    const value = JSON.parse(body) as unknown;
    if (value !== null && typeof value === 'object') return learnt(value as T);
    return unknown('it answers no JSON object');
  } catch {
    return unknown('it answers no JSON');
  }
}
