/** @module Elements in one expression. Texts are texts: nothing that somebody typed is ever read as HTML. */

export type Child = Node | string | undefined | false;

type Props = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>;

/** An element with attributes, listeners (`onclick`) and children; what is undefined or false is left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

export const button = (text: string, onclick: () => void, kind = ''): HTMLButtonElement =>
  h('button', { type: 'button', onclick, ...(kind && { class: kind }) }, text);

/** A table with its heads; rows of cells, the first of which names the row. */
export const table = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Child[])[],
): HTMLElement =>
  // It scrolls by itself on a telephone, and so that it can from the keyboard too, it takes the focus.
  h(
    'div',
    { class: 'table', role: 'region', 'aria-label': caption, tabindex: '0' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, ...rows.map(rowOf)),
    ),
  );

const rowOf = ([first, ...others]: readonly Child[]): HTMLElement =>
  h('tr', {}, h('th', { scope: 'row' }, first), ...others.map((cell) => h('td', {}, cell)));

/** Puts other children in place of those that are there. */
export const fill = (element: HTMLElement, ...children: readonly Child[]): void =>
  element.replaceChildren(...children.filter((child) => child !== undefined && child !== false));
