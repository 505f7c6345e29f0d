/** @module One draft in a form: saved, checked, published, dropped. */

import type { Draft, Product, SaleFile } from './answers.ts';
import { type Answer, get, send } from './api.ts';
import { ask } from './dialog.ts';
import { draftFields, newSale } from './draft-fields.ts';
import { button, fill, h } from './element.ts';
import { showMistakes } from './fields.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { showProblem } from './product-view.ts';
import { loading, refusal, tell } from './said.ts';
import { heading, type View } from './view.ts';

type Checked = { readonly kind: string; readonly notes: readonly string[] };

/** @param id of a draft that is there; `new` plans another sale */
export function draftView(id: string): View {
  const body = h('div', {}, loading());
  const show = async () => {
    const [products, draft] = await Promise.all([
      get<{ readonly products: readonly Product[] }>('/products'),
      id === 'new' ? fresh() : get<Draft>(`/drafts/${id}`),
    ]);
    const failed = [products, draft].find((answer) => !answer.ok);
    if (failed && !failed.ok)
      return fill(
        body,
        refusal(failed.problem, () => void show()),
      );
    if (products.ok && draft.ok) fill(body, formOf(id, draft.value, products.value.products));
  };
  void show();
  const title = id === 'new' ? 'Plan a sale' : `Draft ${id}`;
  return { title, element: h('div', {}, heading(title), body) };
}

const fresh = async (): Promise<Answer<Draft>> => ({
  ok: true,
  value: { version: 0, sale: newSale(Date.now()) },
});

function formOf(id: string, draft: Draft, products: readonly Product[]): HTMLElement {
  const key = `draft/${id}`;
  let version = draft.version;
  const keep = () => keepForm(key, fields.value());
  const fields = draftFields(keptForm<SaleFile>(key) ?? draft.sale, products, version === 0, keep);
  const result = h('div');
  const check = async () => {
    const answer = await send<Checked>('POST', '/drafts/check', { sale: fields.value() });
    if (!answer.ok) return showProblem(form, result, answer.problem);
    showMistakes(form, []);
    fill(result, checkedBox(answer.value));
  };
  const save = async (): Promise<boolean> => {
    const sale = fields.value();
    const path = `/drafts/${encodeURIComponent(sale.id || 'new')}`;
    const answer = await send<Draft>('PUT', path, { version, sale });
    if (!answer.ok) {
      showProblem(form, result, answer.problem);
      return false;
    }
    version = answer.value.version;
    forgetForm(key);
    showMistakes(form, []);
    fill(result);
    tell('Saved.');
    return true;
  };
  const saveAndStay = async () => {
    if ((await save()) && id === 'new') location.replace(`#/drafts/${fields.value().id}`);
  };
  const publish = async () => {
    if (await save()) askToPublish(fields.value(), version);
  };
  const form = h(
    'form',
    {
      class: 'card form',
      novalidate: true,
      oninput: keep,
      onsubmit: (event) => {
        event.preventDefault();
        void saveAndStay();
      },
    },
    ...fields.elements,
    result,
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'submit', class: 'primary' }, 'Save'),
      button('Check', () => void check()),
      button('Publish …', () => void publish()),
      id !== 'new' && button('Drop', () => askToDrop(id, version), 'danger'),
    ),
  );
  return form;
}

const SAYS: Readonly<Record<string, string>> = {
  good: 'It can be published.',
  'too-much': 'It lets in more shoppers a second than get through.',
  impossible: 'It cannot be published.',
  published: 'A sale of this id is published already.',
};

const checkedBox = ({ kind, notes }: Checked): HTMLElement =>
  h(
    'div',
    { class: 'checked', 'data-kind': kind, role: 'status' },
    h('p', {}, h('b', {}, SAYS[kind] ?? kind)),
    h('ul', {}, ...notes.map((note) => h('li', {}, `${note}.`))),
  );

function askToPublish({ id, title, items }: SaleFile, version: number): void {
  const anyway = h('input', { type: 'checkbox' });
  ask({
    title: `Publish “${title}”?`,
    lines: [
      `${items.length} items, with the units that they take of their products.`,
      'It opens and closes by itself. What is published stays: only a later closing and more units can be had afterwards.',
    ],
    fields: [
      h(
        'label',
        { class: 'check' },
        anyway,
        ' also where sales that overlap let in more than get through',
      ),
    ],
    verb: 'Publish',
    run: () => send('POST', `/drafts/${id}/publish`, { version, overLimit: anyway.checked }),
    done() {
      tell('Published.');
      location.hash = `#/sales/${id}`;
    },
  });
}

function askToDrop(id: string, version: number): void {
  ask({
    title: `Drop draft “${id}”?`,
    lines: ['Nothing of it stays.'],
    verb: 'Drop',
    isFinal: true,
    run: () => send('DELETE', `/drafts/${id}?version=${version}`),
    done() {
      forgetForm(`draft/${id}`);
      tell('Dropped.');
      location.hash = '#/drafts';
    },
  });
}
