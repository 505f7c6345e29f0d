/** @module Drafts: sales that are planned, and not published. */

import type { ListedDraft } from './answers.ts';
import { get } from './api.ts';
import { fill, h, table } from './element.ts';
import { count, instant } from './format.ts';
import { empty, loading, refusal } from './said.ts';
import { heading, type View } from './view.ts';

export function draftsView(): View {
  const body = h('div', {}, loading());
  const load = async () => {
    const answer = await get<{ readonly drafts: readonly ListedDraft[] }>('/drafts');
    fill(
      body,
      answer.ok ? listOf(answer.value.drafts) : refusal(answer.problem, () => void load()),
    );
  };
  void load();
  const add = h('a', { class: 'button primary', href: '#/drafts/new' }, 'Plan a sale');
  return { title: 'Drafts', element: h('div', {}, heading('Drafts', add), body) };
}

function listOf(drafts: readonly ListedDraft[]): HTMLElement {
  if (drafts.length === 0) return empty('Nothing is planned.');
  return table(
    'Drafts',
    ['Sale', 'Opens', 'Items', 'Changed'],
    drafts.map((draft) => [
      h('a', { href: `#/drafts/${draft.id}` }, draft.title),
      `${instant(draft.opensAtEpochMs, draft.timeZone)} (${draft.timeZone})`,
      count(draft.items),
      instant(draft.changedAtEpochMs),
    ]),
  );
}
