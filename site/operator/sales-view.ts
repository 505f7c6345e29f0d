/** @module All sales, with what each is doing. */

import type { ListedSale, Phase } from './answers.ts';
import { get } from './api.ts';
import { fill, h, table } from './element.ts';
import { count, instant, left } from './format.ts';
import { poll } from './polling.ts';
import { empty, loading, refusal } from './said.ts';
import { heading, type View } from './view.ts';

const REST_MS = 15_000;

type Listed = { readonly nowEpochMs: number; readonly sales: readonly ListedSale[] };

/** What a sale is doing, by the clock. */
function phaseOf({ opensAtEpochMs, closesAtEpochMs, paused }: ListedSale, now: number): Phase {
  if (now >= closesAtEpochMs) return 'closed';
  if (now < opensAtEpochMs) return 'scheduled';
  return paused ? 'paused' : 'open';
}

export const pill = (phase: Phase): HTMLElement =>
  h('span', { class: 'pill', 'data-phase': phase }, phase);

export function salesView(): View {
  const body = h('div', {}, loading());
  const polling = poll(async () => {
    const answer = await get<Listed>('/sales');
    fill(body, answer.ok ? listOf(answer.value) : refusal(answer.problem, () => polling.now()));
  }, REST_MS);
  const add = h('a', { class: 'button primary', href: '#/drafts/new' }, 'Plan a sale');
  return {
    title: 'Sales',
    element: h('div', {}, heading('Sales', add), body),
    stop: polling.stop,
  };
}

/** Those that are on first, then those that come, then those that are over, the last first. */
const ORDER: readonly Phase[] = ['open', 'paused', 'scheduled', 'closed'];

function listOf({ sales, nowEpochMs }: Listed): HTMLElement {
  if (sales.length === 0) {
    return empty(
      'No sale has been published yet. ',
      h('a', { href: '#/products' }, 'Enter your products'),
      ', then ',
      h('a', { href: '#/drafts/new' }, 'plan a sale'),
      '.',
    );
  }
  const phased = sales.map((sale) => ({ sale, phase: phaseOf(sale, nowEpochMs) }));
  const rank = ({ phase }: { readonly phase: Phase }) => ORDER.indexOf(phase);
  const sorted = phased.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.sale.opensAtEpochMs - b.sale.opensAtEpochMs) * (a.phase === 'closed' ? -1 : 1),
  );
  return table(
    'Published sales',
    ['Sale', 'State', 'Opens', 'Closes', 'Items'],
    sorted.map(({ sale, phase }) => [
      h('a', { href: `#/sales/${sale.id}` }, sale.title),
      h('span', {}, pill(phase), ` ${remaining(sale, phase, nowEpochMs)}`),
      instant(sale.opensAtEpochMs),
      instant(sale.closesAtEpochMs),
      count(sale.items),
    ]),
  );
}

function remaining(sale: ListedSale, phase: Phase, now: number): string {
  if (phase === 'closed') return '';
  const isAhead = phase === 'scheduled';
  return `${isAhead ? 'opens' : 'closes'} in ${left((isAhead ? sale.opensAtEpochMs : sale.closesAtEpochMs) - now)}`;
}
