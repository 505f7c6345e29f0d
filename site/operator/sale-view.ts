/** @module One sale: what it is doing, what can be done about it, and what came of it. */

import type { Sale } from './answers.ts';
import { get } from './api.ts';
import { type Chart, chart } from './chart.ts';
import { fill, h, table } from './element.ts';
import { clock, count, instant, left, money } from './format.ts';
import { poll } from './polling.ts';
import { loading, refusal } from './said.ts';
import { actionsFor } from './sale-actions.ts';
import { auditPart, eventsPart } from './sale-events.ts';
import { addLook, noHistory, totalsOf } from './sale-history.ts';
import { refundsPart, reportPart } from './sale-money.ts';
import { pill } from './sales-view.ts';
import { heading, section, type View } from './view.ts';

/** How often a sale that is on is looked at, and another one. */
const LIVE_MS = 2000;
const IDLE_MS = 10_000;

export function saleView(id: string): View {
  const title = heading(id);
  const state = h('div', {}, loading());
  const actions = h('div', { class: 'actions' });
  const items = h('div');
  const columns = noHistory();
  let live: Chart | undefined;
  let counting: Sale | undefined;
  const figures = section('Live');
  const parts = [eventsPart(id), refundsPart(id), auditPart(id), reportPart(id)];
  const show = (sale: Sale) => {
    counting = sale;
    const [name] = title.children;
    if (name && name.textContent !== sale.title) name.textContent = sale.title;
    showState(state, sale);
    actionsFor(actions, sale, () => {
      polling.now();
      for (const part of parts) part.refresh();
    });
    addLook(columns, sale);
    if (!live) {
      live = chart();
      figures.show(live.element);
    }
    live.show(columns);
    fill(items, itemsTable(sale));
  };
  const polling = poll(async () => {
    const answer = await get<Sale>(`/sales/${id}`);
    if (answer.ok) show(answer.value);
    else if (counting === undefined)
      fill(
        state,
        refusal(answer.problem, () => polling.now()),
      );
    polling.rest(answer.ok && isOn(answer.value) ? LIVE_MS : IDLE_MS);
  }, LIVE_MS);
  const ticking = setInterval(() => counting && tick(state, counting), 1000);
  return {
    title: id,
    element: h(
      'div',
      {},
      title,
      state,
      actions,
      figures.element,
      items,
      h('div', { class: 'columns' }, ...parts.map(({ element }) => element)),
    ),
    stop() {
      polling.stop();
      clearInterval(ticking);
      live?.stop();
      for (const part of parts) part.stop();
    },
  };
}

/** From a minute before its opening a sale is looked at as often as when it is open. */
const isOn = ({ phase, opensAtEpochMs, nowEpochMs }: Sale): boolean =>
  phase === 'open' ||
  phase === 'paused' ||
  (phase === 'scheduled' && opensAtEpochMs - nowEpochMs < 60_000);

/** The shop's clock counts, as it was at the last look. */
const seenAt = new WeakMap<Sale, number>();

function showState(element: HTMLElement, sale: Sale): void {
  seenAt.set(sale, performance.now());
  const { forSale, held, paid } = totalsOf(sale);
  const tile = (label: string, value: string) =>
    h('div', {}, h('dt', {}, label), h('dd', {}, value));
  fill(
    element,
    h(
      'div',
      { class: 'state', 'data-phase': sale.phase },
      h('p', { role: 'status' }, pill(sale.phase), ' ', stateText(sale)),
      h('p', { class: 'countdown', role: 'timer', 'aria-live': 'off' }, ''),
      h(
        'p',
        { class: 'quiet' },
        `${instant(sale.opensAtEpochMs, sale.timeZone)} to ${instant(sale.closesAtEpochMs, sale.timeZone)}, ${sale.timeZone}`,
      ),
    ),
    h(
      'dl',
      { class: 'tiles' },
      tile('For sale', count(forSale)),
      tile('Held', count(held)),
      tile('Paid', count(paid)),
      tile('Came back', count(sale.items.reduce((sum, { returns }) => sum + returns, 0))),
    ),
  );
  tick(element, sale);
}

function stateText({ phase, slotsFromEpochMs, nowEpochMs, items }: Sale): string {
  if (phase === 'paused') return 'Nobody can buy. Orders can be paid, and expire.';
  if (phase === 'closed') return 'Nobody can buy any more. Open orders are paid, or expire.';
  if (phase === 'scheduled') return 'It opens by itself.';
  if (slotsFromEpochMs !== undefined && slotsFromEpochMs > nowEpochMs) {
    return `Resumed: slots begin again at ${clock(slotsFromEpochMs)}.`;
  }
  return items.every(({ soldOut }) => soldOut) ? 'Everything is sold or held.' : 'Selling.';
}

function tick(element: HTMLElement, sale: Sale): void {
  const passed = performance.now() - (seenAt.get(sale) ?? performance.now());
  const now = sale.nowEpochMs + passed;
  const until = sale.phase === 'scheduled' ? sale.opensAtEpochMs : sale.closesAtEpochMs;
  const text =
    sale.phase === 'closed'
      ? ''
      : `${sale.phase === 'scheduled' ? 'Opens' : 'Closes'} in ${left(until - now)}`;
  const place = element.querySelector('.countdown');
  if (place && place.textContent !== text) place.textContent = text;
}

const itemsTable = ({ items, currency }: Sale): HTMLElement =>
  table(
    'Items',
    ['Item', 'Price', 'Units', 'For sale', 'Held', 'Paid', 'Came back', 'State'],
    items.map((item) => [
      item.name,
      money(item.priceMinor, currency),
      item.units === null ? 'no end' : count(item.units),
      count(item.forSale),
      count(item.held),
      `${count(item.paid)}${item.isPaidBehind ? ' or more' : ''}`,
      count(item.returns),
      item.soldOut ? h('span', { class: 'pill', 'data-phase': 'closed' }, 'sold out') : '–',
    ]),
  );
