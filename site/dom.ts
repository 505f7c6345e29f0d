/** @module The few things that the views do to the document. */

/** The element with an id; the page's own HTML has it. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new RangeError(`Cannot find element "${id}": the page has none`);
  return element;
}

/** A copy of a template's one element. */
export function fromTemplate(id: string): HTMLElement {
  const template = byId(id) as HTMLTemplateElement;
  return document.importNode(template.content, true).firstElementChild as HTMLElement;
}

/** The element inside another that a selector names. */
export function within<E extends HTMLElement>(root: HTMLElement, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (element === null) throw new RangeError(`Cannot find "${selector}": the element has none`);
  return element;
}

export const part = (root: HTMLElement, name: string) =>
  within<HTMLElement>(root, `[data-part="${name}"]`);

/** Writes a text only where it differs, so that screen readers hear changes alone. Empty texts take no room. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}

/** Shows a button or not, and says whether it can be pressed. */
export function offer(button: HTMLButtonElement, isShown: boolean, isEnabled = true): void {
  button.hidden = !isShown;
  button.disabled = !isEnabled;
}
