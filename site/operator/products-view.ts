/** @module Products: what sales are made of. */

import type { Product } from './answers.ts';
import { get } from './api.ts';
import { fill, h, table } from './element.ts';
import { count, money } from './format.ts';
import { importPart } from './import-part.ts';
import { empty, loading, refusal } from './said.ts';
import { heading, type View } from './view.ts';

export function productsView(): View {
  const body = h('div', {}, loading());
  const load = async () => {
    const answer = await get<{ readonly products: readonly Product[] }>('/products');
    fill(
      body,
      answer.ok ? listOf(answer.value.products) : refusal(answer.problem, () => void load()),
    );
  };
  void load();
  const add = h('a', { class: 'button primary', href: '#/products/new' }, 'Add a product');
  return {
    title: 'Products',
    element: h(
      'div',
      {},
      heading('Products', add),
      body,
      importPart(() => void load()),
    ),
  };
}

const amount = (value: number | 'unlimited'): string =>
  value === 'unlimited' ? 'no end' : count(value);

function listOf(products: readonly Product[]): HTMLElement {
  if (products.length === 0) return empty('There are no products yet. Add one, or import a file.');
  return table(
    'Products',
    ['SKU', 'Name', 'Price', 'Total', 'Free', 'Provider'],
    products.map((product) => [
      h('a', { href: `#/products/${product.sku}` }, product.sku),
      product.name,
      money(product.price, product.currency),
      amount(product.total),
      amount(product.free),
      product.provider ? `${product.provider.name} ${product.provider.reference}` : '–',
    ]),
  );
}
