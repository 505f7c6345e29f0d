/** @module The list of sales. */

import { fetchSales, type Sale } from './api.ts';
import { instantText, remainingText } from './countdown.ts';
import { byId, fromTemplate, part, say, within } from './dom.ts';
import { serverClock } from './server-clock.ts';
import { TEXT } from './texts.ts';

const clock = serverClock();

function stageOf(sale: Sale, nowMs: number): { stage: string; text: string } {
  if (nowMs >= sale.closesAtEpochMs) return { stage: 'closed', text: 'Over' };
  if (nowMs >= sale.opensAtEpochMs) return { stage: 'open', text: 'Open now' };
  return { stage: 'waiting', text: `Opens in ${remainingText(sale.opensAtEpochMs - nowMs)}` };
}

function entryOf(sale: Sale): () => void {
  const element = fromTemplate('sale-template');
  const link = within<HTMLAnchorElement>(element, 'a');
  link.href = `/sales/${encodeURIComponent(sale.id)}/`;
  say(link, sale.title);
  say(part(element, 'when'), instantText(sale.opensAtEpochMs));
  byId('list').append(element);
  return () => {
    const { stage, text } = stageOf(sale, clock.now());
    element.dataset['state'] = stage;
    say(part(element, 'stage'), text);
  };
}

async function main(): Promise<void> {
  const [answer] = await Promise.all([fetchSales(), clock.sync()]);
  const sales = answer.ok ? answer.value.sales : [];
  const isEmpty = answer.ok || answer.problem.code !== 'unreachable';
  byId('sales').dataset['state'] = sales.length > 0 ? 'listed' : 'empty';
  if (sales.length === 0) return say(byId('status'), isEmpty ? TEXT.listEmpty : TEXT.unreachable);
  const isOver = (sale: Sale) => Number(sale.closesAtEpochMs <= clock.now());
  const listed = sales.toSorted(
    (a, b) => isOver(a) - isOver(b) || a.opensAtEpochMs - b.opensAtEpochMs,
  );
  const updates = listed.map(entryOf);
  const update = () => {
    for (const run of updates) run();
  };
  update();
  setInterval(update, 1000);
}

void main();
