/** @module The last events of a sale, and its audit. */

import type { Audit, SaleEvent } from './answers.ts';
import { get } from './api.ts';
import { button, h } from './element.ts';
import { clock, count, instant, money, words } from './format.ts';
import { livePart, type Part } from './part.ts';
import { empty, loading, refusal } from './said.ts';
import { section } from './view.ts';

const EVENTS_MS = 5000;

export const eventsPart = (id: string): Part =>
  livePart<{ readonly events: readonly SaleEvent[] }>(
    'Last events',
    `/sales/${id}/events`,
    EVENTS_MS,
    ({ events }) =>
      events.length === 0
        ? empty('Nothing has happened yet.')
        : h('ol', { class: 'events' }, ...events.map(lineOf)),
  );

const lineOf = ({ type, atEpochMs, detail }: SaleEvent): HTMLElement =>
  h(
    'li',
    {},
    h(
      'time',
      { datetime: new Date(atEpochMs).toISOString(), title: instant(atEpochMs) },
      clock(atEpochMs),
    ),
    ' ',
    eventText(type, detail),
  );

/** `payment.refunded.v1` as people say it. */
function eventText(type: string, detail: SaleEvent['detail']): string {
  const { sku, units, amountMinor, currency, reason } = detail;
  const [what = ''] = type.split('.v');
  const item = sku === undefined ? '' : ` ${sku}`;
  const amount =
    amountMinor === undefined ? '' : ` ${money(Number(amountMinor), String(currency))}`;
  const added = units === undefined ? '' : ` +${count(Number(units))}`;
  const why = reason === undefined ? '' : ` (${words(String(reason))})`;
  return `${words(what.replace('.', ' '))}${item}${added}${amount}${why}`;
}

const PROMISES: Readonly<Record<string, string>> = {
  'no-oversell': 'No unit is sold twice',
  'no-duplicate': 'No shopper has more than the limit',
  'no-leak': 'No unit is lost',
  'nothing-lost': 'No order is lost',
  'exact-sell-through': 'Every wanted unit is sold',
};

/** The audit reads whole tables: it runs when somebody asks for it. */
export function auditPart(id: string): Part {
  const { element, show } = section('Audit');
  const run = async () => {
    show(loading());
    const answer = await get<Audit>(`/sales/${id}/audit`);
    show(answer.ok ? verdicts(answer.value) : refusal(answer.problem), again('Audit again'));
  };
  const again = (text: string) => button(text, () => void run());
  show(
    h(
      'p',
      { class: 'quiet' },
      'Compares stock, orders and payments with the promises of the shop.',
    ),
    again('Audit now'),
  );
  return { element, refresh: () => {}, stop: () => {} };
}

const verdicts = ({ promises }: Audit): HTMLElement =>
  h(
    'ul',
    { class: 'verdicts' },
    ...promises.map(({ name, verdict, findings }) =>
      h(
        'li',
        { 'data-verdict': verdict },
        h('b', {}, PROMISES[name] ?? name),
        ` ${words(verdict)}`,
        ...findings.map(({ id, what }) => h('p', { class: 'quiet' }, `${id}: ${what}`)),
      ),
    ),
  );
