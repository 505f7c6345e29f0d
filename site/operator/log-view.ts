/** @module The operators' log: who did what, when, from where, and what came of it. */

import type { LogEntry } from './answers.ts';
import { get } from './api.ts';
import { fill, h, table } from './element.ts';
import { field, input } from './fields.ts';
import { clock, words } from './format.ts';
import { empty, loading, refusal } from './said.ts';
import { heading, type View } from './view.ts';

const today = (): string => new Date().toISOString().slice(0, 10);

export function logView(): View {
  const body = h('div', {}, loading());
  const day = input('date', today(), { max: today() });
  const load = async () => {
    const answer = await get<{ readonly entries: readonly LogEntry[] }>(`/log/${day.value}`);
    fill(
      body,
      answer.ok ? listOf(answer.value.entries) : refusal(answer.problem, () => void load()),
    );
  };
  day.addEventListener('change', () => void (day.value && load()));
  void load();
  const title = "Operators' log";
  return {
    title,
    element: h('div', {}, heading(title), field('Day (UTC)', day, { path: 'day' }), body),
  };
}

function listOf(entries: readonly LogEntry[]): HTMLElement {
  if (entries.length === 0) return empty('Nobody changed anything on this day.');
  return table(
    'What was done, the last first',
    ['When', 'What', 'Sale', 'With', 'Outcome', 'Who', 'From'],
    entries.toReversed().map((entry) => [
      h('time', { datetime: new Date(entry.atEpochMs).toISOString() }, clock(entry.atEpochMs)),
      entry.what,
      entry.saleId ?? '–',
      Object.entries(entry.detail ?? {})
        .map(([name, value]) => `${name} ${value}`)
        .join(', ') || '–',
      entry.outcome ? words(entry.outcome) : 'not known',
      entry.name,
      entry.from,
    ]),
  );
}
