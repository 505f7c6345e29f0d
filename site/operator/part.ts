/** @module A part of a sale's view that is read by itself, now and then, or when somebody asks for it. */

import { type Answer, get } from './api.ts';
import { poll } from './polling.ts';
import { loading, refusal } from './said.ts';
import { section } from './view.ts';

export type Part = { readonly element: HTMLElement; refresh(): void; stop(): void };

/** A part that is read at once, and again after a rest. What was there stays while nothing answers. */
export function livePart<T>(
  title: string,
  path: string,
  restMs: number,
  show: (value: T, refresh: () => void) => HTMLElement,
): Part {
  const { element, show: put } = section(title, loading());
  let last = '';
  const polling = poll(async () => {
    const answer: Answer<T> = await get<T>(path);
    const text = JSON.stringify(answer);
    // Only what has changed is shown anew: nobody loses the button that they are about to press.
    if (text === last || (!answer.ok && answer.problem.code === 'unreachable' && last !== ''))
      return;
    last = text;
    put(answer.ok ? show(answer.value, polling.now) : refusal(answer.problem, polling.now));
  }, restMs);
  return { element, refresh: polling.now, stop: polling.stop };
}
