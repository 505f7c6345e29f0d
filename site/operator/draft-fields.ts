/** @module The fields of a draft: what a sale file says, as people type it. */

import type { Product, SaleFile } from './answers.ts';
import { type ItemFields, itemFields } from './draft-items.ts';
import { h } from './element.ts';
import { field, input, numberIn, select } from './fields.ts';
import { wallAt, wallOf, withOffset } from './zoned.ts';

const HOUR_MS = 3_600_000;

/** A sale that nobody has typed anything of: tomorrow at this hour, for an hour. */
export function newSale(now: number): SaleFile {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const opens = Math.ceil(now / HOUR_MS) * HOUR_MS + 24 * HOUR_MS;
  return {
    ...{ id: '', title: '', timeZone, currency: 'EUR', paymentWindowSeconds: 900 },
    opensAt: withOffset(wallAt(opens, timeZone), timeZone),
    closesAt: withOffset(wallAt(opens + HOUR_MS, timeZone), timeZone),
    ...{ refunds: 'automatic', afterExpiry: 'allow' },
    admission: { expectedShoppers: 0, perSecond: 250 },
    items: [],
  };
}

export type DraftFields = {
  readonly elements: readonly HTMLElement[];
  /** The sale as it is typed. What no field shows is as it was. */
  value(): SaleFile;
};

/** @param isNew whether its id can still be chosen */
export function draftFields(
  sale: SaleFile,
  products: readonly Product[],
  isNew: boolean,
  changed: () => void,
): DraftFields {
  const typed = controlsOf(sale, isNew);
  const items = itemFields(sale.items, products, changed);
  return {
    elements: [...plainFields(typed), items.element, ...ruleFields(typed)],
    value: () => saleTyped(sale, typed, items),
  };
}

type Controls = ReturnType<typeof controlsOf>;

function controlsOf(sale: SaleFile, isNew: boolean) {
  const { expectedShoppers = 0, perSecond = 250 } = sale.admission ?? {};
  return {
    id: input('text', sale.id, { required: true, readonly: !isNew }),
    title: input('text', sale.title, { required: true }),
    zone: input('text', sale.timeZone, { list: 'zones', required: true }),
    opens: input('datetime-local', wallOf(sale.opensAt), { required: true }),
    closes: input('datetime-local', wallOf(sale.closesAt), { required: true }),
    currency: input('text', sale.currency, { maxlength: '3', required: true }),
    window: input('number', (sale.paymentWindowSeconds ?? 900) / 60, { min: '1' }),
    expected: input('number', expectedShoppers, { min: '0' }),
    rate: input('number', perSecond, { min: '1' }),
    refunds: select(
      [
        ['automatic', 'At once'],
        ['approval', 'After an operator agrees'],
      ],
      sale.refunds ?? 'automatic',
    ),
    again: select(
      [
        ['allow', 'May order again'],
        ['refuse', 'May not'],
      ],
      sale.afterExpiry ?? 'allow',
    ),
  };
}

const plainFields = ({ id, title, zone, opens, closes, currency, window }: Controls) => [
  field('Title', title, { path: 'title' }),
  field('Id', id, {
    path: 'id',
    hint: 'Stands in the address: letters, digits and hyphens. It stays.',
  }),
  h(
    'div',
    { class: 'row' },
    field('Opens', opens, { path: 'opensAt' }),
    field('Closes', closes, { path: 'closesAt' }),
    field('Time zone', zone, { path: 'timeZone', hint: 'Both times are times there.' }),
    h(
      'datalist',
      { id: 'zones' },
      ...Intl.supportedValuesOf('timeZone').map((value) => h('option', { value })),
    ),
  ),
  h(
    'div',
    { class: 'row' },
    field('Currency', currency, { path: 'currency' }),
    field('Minutes to pay', window, { path: 'paymentWindowSeconds' }),
  ),
];

function ruleFields({ expected, rate, refunds, again }: Controls): readonly HTMLElement[] {
  const hint = h('p', { class: 'hint', role: 'status' });
  const say = () => {
    const seconds = Math.ceil(Number(expected.value) / Math.max(1, Number(rate.value)));
    hint.textContent =
      seconds > 0
        ? `With slots: everybody's turn comes within ${seconds} s of the opening.`
        : 'First come, first served: the gate spreads nobody.';
  };
  for (const one of [expected, rate]) one.addEventListener('input', say);
  say();
  return [
    h(
      'fieldset',
      {},
      h('legend', {}, 'Admission'),
      h(
        'div',
        { class: 'row' },
        field('Expected shoppers', expected, {
          path: 'admission.expectedShoppers',
          hint: '0: first come, first served.',
        }),
        field('Let in per second', rate, { path: 'admission.perSecond' }),
      ),
      hint,
    ),
    h(
      'div',
      { class: 'row' },
      field('Money goes back', refunds, { path: 'refunds' }),
      field('Who let an order expire', again, { path: 'afterExpiry' }),
    ),
  ];
}

function saleTyped(sale: SaleFile, typed: Controls, items: ItemFields): SaleFile {
  const { id, title, zone, opens, closes, currency, window, expected, rate, refunds, again } =
    typed;
  const minutes = numberIn(window);
  const timeZone = zone.value.trim();
  return {
    ...sale,
    ...{ id: id.value.trim(), title: title.value.trim(), timeZone },
    opensAt: withOffset(opens.value, timeZone),
    closesAt: withOffset(closes.value, timeZone),
    currency: currency.value.trim().toUpperCase(),
    // What is no number is sent as it is: the API says what is wrong with it.
    paymentWindowSeconds: (typeof minutes === 'number' ? minutes * 60 : minutes) as number,
    admission: {
      ...sale.admission,
      ...{ expectedShoppers: numberIn(expected) as number, perSecond: numberIn(rate) as number },
    },
    ...{ refunds: refunds.value, afterExpiry: again.value },
    items: items.values(),
  };
}
