/** @module Asks before something is changed: says what will happen, does it, and stays open where it was refused. */

import type { Answer } from './api.ts';
import { button, type Child, h } from './element.ts';
import { refusal } from './said.ts';

export type Question = {
  readonly title: string;
  /** What will happen. */
  readonly lines: readonly string[];
  /** Fields that are to be filled in. */
  readonly fields?: readonly Child[];
  /** The verb, on the button. */
  readonly verb: string;
  /** Whether it cannot be undone. */
  readonly isFinal?: boolean;
  readonly run: () => Promise<Answer<unknown>>;
  readonly done: () => void;
};

/** Opens the question. Escape and Cancel change nothing. */
export function ask({ title, lines, fields = [], verb, isFinal, run, done }: Question): void {
  const problem = h('div');
  const yes = h('button', { type: 'submit', class: isFinal ? 'danger' : 'primary' }, verb);
  const form = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        void go();
      },
    },
    h('h2', { id: 'question' }, title),
    ...lines.map((line) => h('p', {}, line)),
    ...fields,
    problem,
    h(
      'div',
      { class: 'actions' },
      yes,
      button('Cancel', () => dialog.close()),
    ),
  );
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'question', onclose: () => dialog.remove() },
    form,
  );
  const go = async () => {
    yes.disabled = true;
    const answer = await run();
    yes.disabled = false;
    if (!answer.ok) return problem.replaceChildren(refusal(answer.problem));
    dialog.close();
    done();
  };
  document.body.append(dialog);
  dialog.showModal();
}
