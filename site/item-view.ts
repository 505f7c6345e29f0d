/** @module One item of the sale: picture, price, what is left, how many, Buy. */

import type { Item } from './api.ts';
import { fromTemplate, part, say, within } from './dom.ts';
import { priceText } from './money.ts';
import { type Page, skuOf, stageOf } from './page-state.ts';
import { limitText, stockText } from './texts.ts';

export type ItemView = {
  readonly element: HTMLElement;
  update(page: Page): void;
};

export function itemView(
  item: Item,
  currency: string,
  onBuy: (sku: string, quantity: number) => void,
): ItemView {
  const element = fromTemplate('item-template');
  element.dataset['sku'] = item.sku;
  say(part(element, 'name'), item.name);
  say(part(element, 'price'), priceText(item.priceMinor, currency));
  say(part(element, 'limit'), limitText(item.limitPerShopper));
  showImage(part(element, 'image') as HTMLImageElement, item);
  const quantity = quantityChooser(element, item.limitPerShopper);
  const button = within<HTMLButtonElement>(element, '[data-action="buy"]');
  within<HTMLFormElement>(element, 'form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.disabled) onBuy(item.sku, Number(quantity.value || '1'));
  });
  return { element, update: (page) => update(element, button, item, page) };
}

function showImage(image: HTMLImageElement, item: Item): void {
  if (item.image === undefined) return;
  image.src = item.image;
  image.alt = item.name;
  image.hidden = false;
}

function quantityChooser(element: HTMLElement, limit: number): HTMLSelectElement {
  const select = within<HTMLSelectElement>(element, 'select');
  for (let n = 1; n <= limit; n++) select.add(new Option(String(n)));
  part(element, 'quantity').hidden = limit === 1;
  return select;
}

function update(element: HTMLElement, button: HTMLButtonElement, item: Item, page: Page): void {
  const { sku, name } = item;
  const stock = page.stock.get(sku);
  const state = itemState(sku, page);
  element.dataset['state'] = state;
  within(element, 'form').hidden = state === 'closed';
  const mine = ownOrders(item, page);
  button.disabled = state !== 'open' || page.buying !== undefined || mine !== undefined;
  say(button, BUTTON[state === 'open' ? (mine ?? state) : state] ?? 'Buy');
  // Begins with what stands on the button, as those who speak to their browser expect.
  button.setAttribute('aria-label', `${button.textContent} ${name}`);
  const stockLine = part(element, 'stock');
  stockLine.dataset['count'] = String(stock?.remaining ?? '');
  say(stockLine, stock ? stockText(stock.remaining, stock.unpaid, stock.soldOut) : '');
  say(part(element, 'message'), page.refusals.get(sku) ?? '');
}

const BUTTON: Readonly<Record<string, string>> = {
  buying: 'One moment …',
  'sold-out': 'Sold out',
  reserved: 'Reserved',
  complete: 'Yours',
};

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
