/** @module One item of the sale: picture, price, what is left, how many, Buy. */

import type { Item, ItemStatus } from './api.ts';
import { fromTemplate, part, say, within } from './dom.ts';
import { illustration } from './illustration.ts';
import { locale, texts } from './language.ts';
import { priceText } from './money.ts';
import { type Page, skuOf, stageOf } from './page-state.ts';

export type ItemView = {
  readonly element: HTMLElement;
  update(page: Page, nowMs: number): void;
};

export function itemView(
  item: Item,
  currency: string,
  onBuy: (sku: string, quantity: number) => void,
): ItemView {
  const element = fromTemplate('item-template');
  element.dataset['sku'] = item.sku;
  say(part(element, 'name'), item.name);
  say(part(element, 'price'), priceText(item.priceMinor, currency, locale()));
  say(part(element, 'limit'), texts().limit(item.limitPerShopper));
  say(part(element, 'where'), item.place ? texts().atPlace(item.place.name) : '');
  part(element, 'picture').append(picture(item));
  const quantity = quantityChooser(element, item.limitPerShopper);
  const button = within<HTMLButtonElement>(element, '[data-action="buy"]');
  within<HTMLFormElement>(element, 'form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.disabled) onBuy(item.sku, Number(quantity.value || '1'));
  });
  return { element, update: (page, nowMs) => update(element, button, item, page, nowMs) };
}

function picture({ image, name }: Item): Element {
  if (image === undefined) return illustration(name);
  return Object.assign(new Image(), { src: image, alt: name, loading: 'lazy' });
}

function quantityChooser(element: HTMLElement, limit: number): HTMLSelectElement {
  const select = within<HTMLSelectElement>(element, 'select');
  for (let n = 1; n <= limit; n++) select.add(new Option(String(n)));
  part(element, 'quantity').hidden = limit === 1;
  return select;
}

function update(
  element: HTMLElement,
  button: HTMLButtonElement,
  item: Item,
  page: Page,
  nowMs: number,
): void {
  const { sku } = item;
  const state = itemState(sku, page);
  element.dataset['state'] = state;
  within(element, 'form').hidden = state === 'closed';
  const isUnsure = page.unsure.has(sku) && state !== 'buying' && !ownOrders(item, page);
  showButton(button, item, page, state);
  say(part(element, 'progress'), page.buying?.sku === sku ? page.buying.progress : '');
  showStock(part(element, 'stock'), state === 'closed' ? undefined : page.stock.get(sku));
  const isReturned = (page.returned.get(sku) ?? 0) > nowMs;
  say(part(element, 'returned'), isReturned ? texts().returned : '');
  say(part(element, 'message'), page.refusals.get(sku) ?? (isUnsure ? texts().unsure : ''));
}

function showButton(button: HTMLButtonElement, item: Item, page: Page, state: string): void {
  const mine = ownOrders(item, page);
  // An order that nobody knows of can be looked for also when nothing is left.
  const isSearch = page.unsure.has(item.sku) && (state === 'open' || state === 'sold-out');
  const isOffered = state === 'open' || isSearch;
  button.disabled = !isOffered || page.buying !== undefined || mine !== undefined;
  say(button, isSearch && !mine ? texts().lookAgain : buttonText(mine ?? state));
  // Begins with what stands on the button, as those who speak to their browser expect.
  button.setAttribute('aria-label', `${button.textContent} ${item.name}`);
}

function showStock(line: HTMLElement, stock: ItemStatus | undefined): void {
  line.dataset['count'] = String(stock?.remaining ?? '');
  say(line, stock ? stockText(stock) : '');
}

const buttonText = (state: string): string =>
  (texts().button as Readonly<Record<string, string>>)[state] ?? texts().buy;

function stockText({ remaining, unpaid, soldOut }: ItemStatus): string {
  const { mayReturn, soldOutItem, noneNow, left } = texts();
  const units = (count: number) => count.toLocaleString(locale());
  if (soldOut) return unpaid > 0 ? mayReturn(units(unpaid)) : soldOutItem;
  // Not sold out yet: what is reserved may come back, and the count may be a few seconds old.
  if (remaining === 0) return noneNow;
  return remaining === null ? '' : left(units(remaining));
}

function itemState(sku: string, page: Page): string {
  if (page.buying?.sku === sku) return 'buying';
  const stage = stageOf(page);
  return stage !== 'closed' && page.stock.get(sku)?.soldOut ? 'sold-out' : stage;
}

/**
 * Why this shopper cannot buy more now: one open order at a time for each item, and no more units than one person may
 * have. The shop decides; this spares a shopper the click.
 */
function ownOrders(
  { sku, limitPerShopper }: Item,
  page: Page,
): 'reserved' | 'complete' | undefined {
  const mine = page.orders.map(({ order }) => order).filter((order) => skuOf(order) === sku);
  if (mine.some(({ status }) => status === 'RESERVED')) return 'reserved';
  const paid = mine.filter(({ status }) => status === 'PAID');
  const units = paid.reduce((sum, { quantity }) => sum + quantity, 0);
  return units >= limitPerShopper ? 'complete' : undefined;
}
