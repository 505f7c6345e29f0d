/** @module Fields of a form: each with its label, a hint, and room for what is wrong with it. */

import type { Mistake } from './api.ts';
import { type Child, h } from './element.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

type Options = {
  /** Where a mistake of this field points, such as `items[0].units`. */
  readonly path: string;
  readonly hint?: string;
};

let made = 0;

/** A field around a control. */
export function field(label: string, control: Control, { path, hint }: Options): HTMLElement {
  made += 1;
  const id = `field-${made}`;
  control.id = id;
  control.dataset['path'] = path;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    control,
    hint ? h('p', { class: 'hint', id: `${id}-hint` }, hint) : undefined,
    h('p', { class: 'mistake', id: `${id}-mistake`, hidden: true }),
  );
}

export const input = (
  type: string,
  value: string | number | undefined,
  props: Readonly<Record<string, string | boolean | undefined>> = {},
): HTMLInputElement =>
  h('input', { type, value: String(value ?? ''), autocomplete: 'off', ...props });

export const select = (
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
): HTMLSelectElement =>
  h(
    'select',
    {},
    ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );

/** Shows what is wrong beside its fields; what belongs to no field is returned. Without mistakes it takes them away. */
export function showMistakes(form: HTMLElement, mistakes: readonly Mistake[]): readonly Mistake[] {
  const shown = new Set<Mistake>();
  for (const control of form.querySelectorAll<Control>('[data-path]')) {
    const found = mistakes.find(({ path }) => path === control.dataset['path']);
    if (found) shown.add(found);
    mark(control, found?.rule);
  }
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  return mistakes.filter((one) => !shown.has(one));
}

function mark(control: Control, rule: string | undefined): void {
  const place = document.getElementById(`${control.id}-mistake`);
  if (place === null) return;
  place.hidden = rule === undefined;
  place.textContent = rule === undefined ? '' : `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`;
  if (rule === undefined) control.removeAttribute('aria-invalid');
  else control.setAttribute('aria-invalid', 'true');
  const hint = document.getElementById(`${control.id}-hint`);
  const described = [hint?.id, rule && place.id].filter(Boolean).join(' ');
  if (described) control.setAttribute('aria-describedby', described);
  else control.removeAttribute('aria-describedby');
}

/** What a number field says; text where that is no number, so that the API says what is wrong with it. */
export const numberIn = (control: HTMLInputElement): number | string => {
  const text = control.value.trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** Mistakes that belong to no field. */
export const otherMistakes = (mistakes: readonly Mistake[]): Child =>
  mistakes.length > 0 &&
  h(
    'ul',
    { class: 'mistakes', role: 'alert' },
    ...mistakes.map(({ path, rule }) => h('li', {}, `${path || 'It'}: ${rule}`)),
  );
