/** @module One product in a form. */

import type { Product } from './answers.ts';
import { get, type Problem, send } from './api.ts';
import { fill, h } from './element.ts';
import { field, input, numberIn, otherMistakes, showMistakes } from './fields.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { loading, refusal, tell } from './said.ts';
import { heading, type View } from './view.ts';

/** What the form's fields hold, as text. */
type Typed = Readonly<
  Record<'sku' | 'name' | 'price' | 'currency' | 'total' | 'provider' | 'reference', string>
>;

const NEW: Typed = {
  sku: '',
  name: '',
  price: '',
  currency: 'EUR',
  total: '',
  provider: '',
  reference: '',
};

/** @param sku of a product that is there; `new` adds one */
export function productView(sku: string): View {
  const body = h('div', {}, loading());
  const show = async () => {
    if (sku === 'new') return fill(body, formOf(sku, keptForm<Typed>(`product/${sku}`) ?? NEW));
    const answer = await get<{ readonly products: readonly Product[] }>('/products');
    if (!answer.ok)
      return fill(
        body,
        refusal(answer.problem, () => void show()),
      );
    const found = answer.value.products.find((one) => one.sku === sku);
    if (found)
      return fill(body, formOf(sku, keptForm<Typed>(`product/${sku}`) ?? typedOf(found), found));
    fill(body, refusal({ code: 'unknown-product', detail: `There is no product “${sku}”` }));
  };
  void show();
  const title = sku === 'new' ? 'New product' : `Product ${sku}`;
  return { title, element: h('div', {}, heading(title), body) };
}

const typedOf = ({ sku, name, price, currency, total, provider }: Product): Typed => ({
  ...{ sku, name, currency, price: String(price), total: String(total) },
  ...{ provider: provider?.name ?? '', reference: provider?.reference ?? '' },
});

function formOf(key: string, typed: Typed, before?: Product): HTMLElement {
  const controls = {
    sku: input('text', typed.sku, { required: true, readonly: before !== undefined }),
    name: input('text', typed.name, { required: true }),
    price: input('text', typed.price, { inputmode: 'numeric', required: true }),
    currency: input('text', typed.currency, { required: true, maxlength: '3' }),
    total: input('text', typed.total, { required: true }),
    provider: input('text', typed.provider),
    reference: input('text', typed.reference),
  };
  const problem = h('div');
  const save = h('button', { type: 'submit', class: 'primary' }, 'Save');
  const values = (): Typed =>
    Object.fromEntries(
      Object.entries(controls).map(([name, control]) => [name, control.value.trim()]),
    ) as Typed;
  const run = async () => {
    save.disabled = true;
    const { sku, ...product } = productOf(controls, values(), before);
    const answer = await send('PUT', `/products/${encodeURIComponent(sku)}`, product);
    save.disabled = false;
    if (!answer.ok) return showProblem(form, problem, answer.problem);
    forgetForm(`product/${key}`);
    tell(`Saved ${sku}.`);
    location.hash = '#/products';
  };
  const form = h(
    'form',
    {
      class: 'card form',
      // The API says what is wrong, in the same words as an import.
      novalidate: true,
      oninput: () => keepForm(`product/${key}`, values()),
      onsubmit: (event) => {
        event.preventDefault();
        void run();
      },
    },
    field('SKU', controls.sku, {
      path: 'sku',
      hint: 'Letters, digits and hyphens, 40 at most. It stays.',
    }),
    field('Name', controls.name, { path: 'name' }),
    field('Price', controls.price, { path: 'price', hint: 'In minor units: 12900 is 129.00.' }),
    field('Currency', controls.currency, { path: 'currency', hint: 'Such as EUR.' }),
    field('Total units', controls.total, {
      path: 'total',
      hint: 'All that there ever are, sold ones among them; or “unlimited”.',
    }),
    field('Provider', controls.provider, {
      path: 'provider.name',
      hint: 'Whose it is; may be empty.',
    }),
    field('Reference there', controls.reference, { path: 'provider.reference' }),
    problem,
    h('div', { class: 'actions' }, save, h('a', { class: 'button', href: '#/products' }, 'Back')),
  );
  return form;
}

/** What the form does not show, such as a picture and a place, stays as it is. */
function productOf(
  controls: Readonly<Record<'price' | 'total', HTMLInputElement>>,
  { sku, name, currency, provider, reference }: Typed,
  before: Product | undefined,
) {
  const { allocated: _, free: _free, provider: _provider, ...rest } = before ?? ({} as Product);
  return {
    ...rest,
    ...{ sku, name, currency, price: numberIn(controls.price), total: numberIn(controls.total) },
    ...((provider || reference) && { provider: { name: provider, reference } }),
  };
}

export function showProblem(form: HTMLElement, place: HTMLElement, problem: Problem): void {
  const others = showMistakes(form, problem.mistakes ?? []);
  const hasMistakes = problem.mistakes !== undefined;
  fill(place, hasMistakes ? otherMistakes(others) || refusal(problem) : refusal(problem));
}
