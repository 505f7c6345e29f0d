/** @module The items of a draft in its form: rows of a product, its units, and a limit. */

import type { DraftItem, Product } from './answers.ts';
import { button, fill, h } from './element.ts';
import { field, input, numberIn, select } from './fields.ts';
import { count } from './format.ts';

export type ItemFields = {
  readonly element: HTMLElement;
  /** What is typed; an item that is made of no product stays as it was. */
  values(): readonly DraftItem[];
};

type Row = { readonly element: HTMLElement; value(): DraftItem };

/** @param changed is called when a row comes or goes */
export function itemFields(
  items: readonly DraftItem[],
  products: readonly Product[],
  changed: () => void,
): ItemFields {
  const list = h('div');
  let typed = [...items];
  let rows: readonly Row[] = [];
  const draw = () => {
    rows = typed.map((item, index) =>
      rowOf(item, index, products, () => {
        typed = rows.map((row) => row.value()).filter((_, at) => at !== index);
        draw();
        changed();
      }),
    );
    fill(list, ...rows.map(({ element }) => element));
  };
  const add = () => {
    typed = [
      ...rows.map((row) => row.value()),
      { product: products[0]?.sku ?? '', units: 1, limit: 1 },
    ];
    draw();
    changed();
    list.querySelector<HTMLElement>('.item:last-child select')?.focus();
  };
  draw();
  const element = h(
    'fieldset',
    {},
    h('legend', {}, 'Items'),
    list,
    products.length > 0
      ? button('Add an item', add)
      : h(
          'p',
          { class: 'hint' },
          'There are no products yet: ',
          h('a', { href: '#/products/new' }, 'add one'),
          ' first.',
        ),
  );
  return { element, values: () => rows.map((row) => row.value()) };
}

function rowOf(
  item: DraftItem,
  index: number,
  products: readonly Product[],
  remove: () => void,
): Row {
  const at = (name: string) => ({ path: `items[${index}].${name}` });
  const title = `Item ${index + 1}`;
  const gone = button('Remove', remove);
  gone.setAttribute('aria-label', `Remove item ${index + 1}`);
  if (item.product === undefined) {
    const text = `${item.name ?? item.sku}: ${item.units} units, ${item.limit} each; as its file has it`;
    return {
      element: h(
        'div',
        { class: 'item', role: 'group', 'aria-label': title },
        h('p', {}, text),
        gone,
      ),
      value: () => item,
    };
  }
  const options = products.map(
    ({ sku, name, free }) =>
      [sku, `${name} (${free === 'unlimited' ? 'no end' : `${count(free)} free`})`] as const,
  );
  const isKnown = products.some(({ sku }) => sku === item.product);
  const product = select(
    isKnown ? options : [[item.product, item.product] as const, ...options],
    item.product,
  );
  const units = input('text', item.units, { inputmode: 'numeric' });
  const limit = input('number', item.limit, { min: '1', max: '100' });
  return {
    element: h(
      'div',
      { class: 'item', role: 'group', 'aria-label': title },
      field('Product', product, at('product')),
      field('Units', units, at('units')),
      field('Limit per shopper', limit, at('limit')),
      gone,
    ),
    // What is no number is sent as it is: the API says what is wrong with it.
    value: () => ({
      product: product.value,
      units: numberIn(units) as number,
      limit: numberIn(limit) as number,
    }),
  };
}
