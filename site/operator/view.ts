/** @module What a view is: a title, an element, and what runs for as long as it is shown. */

import { fill, h } from './element.ts';

export type View = {
  readonly title: string;
  readonly element: HTMLElement;
  stop?(): void;
};

/** The head of a view: its name, and what can be done in it. */
export const heading = (title: string, ...others: readonly (HTMLElement | false | undefined)[]) =>
  h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, title), ...others);

/** A part of a view, under a heading of its own. */
export function section(title: string, ...children: readonly (Node | string)[]) {
  const body = h('div', {}, ...children);
  const element = h('section', { class: 'card', 'aria-label': title }, h('h2', {}, title), body);
  return { element, show: (...shown: readonly (Node | string)[]) => fill(body, ...shown) };
}
