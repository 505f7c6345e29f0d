/** @module What was done is said once, at the foot of the page and to screen readers; and why something was not. */

import { byId, say } from '../dom.ts';
import type { Problem } from './api.ts';
import { type Child, h } from './element.ts';

/** Long enough to be read, then it makes room. */
const SHOWN_MS = 8000;

let timer: ReturnType<typeof setTimeout> | undefined;

export function tell(text: string): void {
  say(byId('said'), text);
  clearTimeout(timer);
  timer = setTimeout(() => say(byId('said'), ''), SHOWN_MS);
}

/** A refusal, with what to do about it. */
export const refusal = ({ code, detail }: Problem, again?: () => void): HTMLElement =>
  h(
    'p',
    { class: 'refusal', role: 'alert' },
    code === 'unreachable' ? 'The shop does not answer. Is this machine online?' : `${detail}.`,
    again && ' ',
    again && h('button', { type: 'button', onclick: again }, 'Try again'),
  );

export const loading = (): HTMLElement => h('p', { class: 'quiet', role: 'status' }, 'Loading …');

export const empty = (...children: readonly Child[]): HTMLElement =>
  h('p', { class: 'empty' }, ...children);
